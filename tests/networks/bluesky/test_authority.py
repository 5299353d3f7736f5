"""What is believed of an authorisation server, against a stand-in that says what the test wants said."""

import base64
import json
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from colibri.networks.base import Client
from colibri.networks.bluesky import BlueskyOAuth, client_metadata
from colibri.networks.bluesky.authority import authority_of
from colibri.networks.bluesky.dpop import Nonces, origin_of
from colibri.networks.bluesky.oauth import SCOPE, client_id
from colibri.networks.errors import Gone, Refused, Retryable, Unauthorised
from colibri.networks.jose import Key
from tests.networks.local_server import allowing, reply, serving

SITE = "https://colibri.example.org"
CLIENT = Client("Colibri", SITE, f"{SITE}/back/", f"{SITE}/client.json", "a secret")


@contextmanager
def server(taken=lambda form: (201, {"request_uri": "urn:1"}), *, nonce: str = "", **changes: object):
    """A server that speaks for itself; gives its address, and each form it was sent with its proof."""
    sent: list[tuple[dict[str, str], dict[str, str]]] = []

    def answer(handler) -> None:
        here = f"http://{handler.headers['host']}"
        if handler.path.endswith("oauth-protected-resource"):
            told = {"resource": here, "authorization_servers": [here]}
        elif handler.path.endswith("oauth-authorization-server"):
            told = {
                "issuer": here,
                "authorization_endpoint": f"{here}/authorize",
                "pushed_authorization_request_endpoint": f"{here}/par",
                "token_endpoint": f"{here}/token",
                "dpop_signing_alg_values_supported": ["ES256"],
                "code_challenge_methods_supported": ["S256"],
            }
        else:
            body = handler.rfile.read(int(handler.headers["content-length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            proof = claims(handler.headers["dpop"])
            sent.append((form, proof))
            if nonce and proof.get("nonce") != nonce:
                body = json.dumps({"error": "use_dpop_nonce"}).encode()
                return reply(handler, 400, body, DPoP_Nonce=nonce, Content_Type="application/json")
            status, told = taken(form)
            return reply(handler, status, json.dumps(told).encode(), Content_Type="application/json")
        told |= {name: value for name, value in changes.items() if name in told}
        return reply(handler, 200, json.dumps(told).encode(), Content_Type="application/json")

    with serving(answer) as (address, _):
        yield address, sent


def claims(token: str, part: int = 1) -> dict:
    text = token.split(".")[part]
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def test_a_server_and_who_speaks_for_it_are_found_by_their_own_words():
    with server() as (address, _):
        found = authority_of(address, allowing(address))
    assert (found.issuer, found.token) == (address, f"{address}/token")


@pytest.mark.parametrize(
    "wrong",
    [
        {"resource": "https://another.test"},
        {"resource": None},
        {"authorization_servers": []},
        {"authorization_servers": ["https://a.test", "https://b.test"]},
        {"authorization_servers": ["https://a.test/path"]},
        {"authorization_servers": ["http://127.1/"]},
        {"authorization_servers": "https://a.test"},
        {"issuer": "https://evil.test"},
        {"issuer": None},
        {"dpop_signing_alg_values_supported": ["RS256"]},
        {"code_challenge_methods_supported": ["plain"]},
        {"token_endpoint": "http://169.254.169.254/"},
        {"pushed_authorization_request_endpoint": None},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
    ids=str,
)
def test_what_does_not_hold_together_is_refused(wrong):
    with server(**wrong) as (address, _), pytest.raises((Refused, Gone)):
        authority_of(address, allowing(address))


def test_metadata_that_speaks_through_another_address_is_refused():
    with server() as (elsewhere, _):

        def send_on(handler) -> None:
            reply(handler, 302, Location=f"{elsewhere}{handler.path}")

        with serving(send_on) as (address, _), pytest.raises(Refused):
            authority_of(address, allowing(address, elsewhere))


def test_a_server_that_knows_no_fine_scopes_is_asked_for_the_broad_one():
    def taken(form: dict[str, str]) -> tuple[int, dict[str, str]]:
        if form["scope"] == SCOPE:
            return 400, {"error": "invalid_scope"}
        return 201, {"request_uri": "urn:1"}

    with server(taken) as (address, sent):
        grant = BlueskyOAuth().begin(address, CLIENT, {}, allowing(address))
    assert [form["scope"] for form, _ in sent] == [SCOPE, "atproto transition:generic"]
    assert "request_uri=urn%3A1" in grant.url


@pytest.mark.parametrize(
    ("status", "error", "expected"),
    [
        (400, "invalid_request", Refused),
        (401, "invalid_client", Unauthorised),
        (429, "", Retryable),
        (503, "", Retryable),
    ],
)
def test_a_server_that_takes_nothing_says_whether_to_ask_again(status, error, expected):
    with server(lambda _: (status, {"error": error})) as (address, _), pytest.raises(expected):
        BlueskyOAuth().begin(address, CLIENT, {}, allowing(address))


def test_asked_for_a_nonce_the_request_is_made_once_more_and_then_known():
    with server(nonce="n-1") as (address, sent):
        for _ in range(2):
            BlueskyOAuth().begin(address, CLIENT, {}, allowing(address))
    assert [proof.get("nonce", "") for _, proof in sent] == ["", "n-1", "n-1"]
    assert len({proof["jti"] for _, proof in sent}) == 3
    assert len({claims(form["client_assertion"])["jti"] for form, _ in sent}) == 3
    assert {(proof["htm"], proof["htu"]) for _, proof in sent} == {("POST", f"{address}/par")}


def test_the_site_proves_itself_by_the_key_its_document_shows():
    with server() as (address, sent):
        BlueskyOAuth().begin(address, CLIENT, {}, allowing(address))
    document = client_metadata(CLIENT)
    (shown,) = document["jwks"]["keys"]
    form, _ = sent[0]
    assertion = form["client_assertion"]
    told = claims(assertion)
    assert claims(assertion, 0) == {"alg": "ES256", "typ": "JWT", "kid": shown["kid"]}
    assert (told["iss"], told["sub"], told["aud"], form["client_id"]) == (
        document["client_id"], document["client_id"], address, CLIENT.metadata,
    )  # fmt: skip
    assert 0 < told["exp"] - datetime.now(UTC).timestamp() <= 60
    head, _, signature = assertion.rpartition(".")
    raw = base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
    x, y = (int.from_bytes(base64.urlsafe_b64decode(shown[name] + "=")) for name in ("x", "y"))
    public = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    dss = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    public.verify(dss, head.encode(), ec.ECDSA(hashes.SHA256()))
    assert "d" not in shown


def test_the_sites_key_is_always_the_same_and_another_sites_is_not():
    again = client_metadata(Client("Colibri", SITE, f"{SITE}/back/", f"{SITE}/client.json", "a secret"))
    other = client_metadata(Client("Colibri", SITE, f"{SITE}/back/", f"{SITE}/client.json", "another"))
    assert client_metadata(CLIENT) == again
    assert other["jwks"] != again["jwks"]
    assert Key.from_text(Key.derived("a", "b").text).public == Key.derived("a", "b").public


def test_a_site_without_https_signs_in_from_loopback_alone_and_proves_nothing():
    here = Client("Colibri", "http://127.0.0.1:8000", "http://127.0.0.1:8000/back/", "", "secret")
    assert client_id(here).startswith(
        "http://localhost?redirect_uri=http%3A%2F%2F127.0.0.1%3A8000%2Fback%2F&scope="
    )
    with server() as (address, sent):
        BlueskyOAuth().begin(address, here, {}, allowing(address))
    assert "client_assertion" not in sent[0][0]
    for site in ("http://colibri.example.org", "http://localhost:8000"):
        with pytest.raises(Refused):
            client_id(Client("Colibri", site, f"{site}/back/", "", "secret"))


def test_nonces_are_kept_by_origin():
    nonces = Nonces()
    nonces.note("https://a.test/x", {"dpop-nonce": "1"})
    nonces.note("https://a.test:444/x", {"dpop-nonce": "2"})
    assert [
        nonces.of(url) for url in ("https://a.test:443/y?z", "https://a.test:444/", "https://b.test/")
    ] == ["1", "2", ""]
    assert origin_of("https://A.test:443/x") == "https://a.test"
