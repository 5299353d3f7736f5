"""Signing in to a real Bluesky, and what becomes of the session."""

import json
from contextlib import suppress

import pytest

from colibri.networks.addresses import Forbidden
from colibri.networks.bluesky import BlueskyNetwork, sign_in
from colibri.networks.bluesky.directory import Directory
from colibri.networks.bluesky.session import XrpcSession
from colibri.networks.errors import Retryable, Unauthorised
from colibri.networks.transport import fetch
from tests.networks.bluesky.story import POST, expired, publish
from tests.peers.bluesky_peer import GUARD, bluesky_network

pytestmark = pytest.mark.bluesky


@pytest.fixture
def as_the_public_network(bluesky, monkeypatch):
    """The test's own PLC and PDS in the places where the public ones are looked for."""
    places = (bluesky.pds, bluesky.pds.replace("http", "ws"))
    monkeypatch.setattr("colibri.networks.bluesky.accounts.services", lambda *_, **__: places)
    directory = Directory(bluesky.plc, bluesky.pds)
    monkeypatch.setattr("colibri.networks.bluesky.accounts.DIRECTORY", directory)


def test_signing_in_proves_the_account_and_gives_credentials_that_work(bluesky, ada):
    password = bluesky.create_app_password(ada)
    actor, credentials = sign_in(f"@{ada.handle} ", password, bluesky.address, GUARD)
    assert (actor.id, actor.handle, actor.biography) == (ada.did, ada.handle, "Comptable à Lyon")
    assert BlueskyNetwork(bluesky.address, GUARD, credentials).whoami() == actor
    assert password not in json.dumps(credentials)


@pytest.mark.usefixtures("as_the_public_network")
def test_on_the_public_network_an_account_is_signed_in_where_its_document_says(ada):
    actor, credentials = sign_in(ada.handle, ada.password, "", GUARD)
    assert actor.id == ada.did
    assert BlueskyNetwork("", GUARD, credentials).whoami().handle == ada.handle
    for handle in ("nobody-here.test", "not a handle"):
        with pytest.raises(Unauthorised):
            sign_in(handle, ada.password, "", GUARD)


@pytest.mark.usefixtures("as_the_public_network")
def test_a_server_that_signs_somebody_in_as_another_is_not_believed(ada, bob, monkeypatch):
    log_in = XrpcSession.log_in
    monkeypatch.setattr(XrpcSession, "log_in", lambda self, *_: log_in(self, ada.handle, ada.password))
    with pytest.raises(Unauthorised, match="another"):
        sign_in(bob.handle, bob.password, "", GUARD)


@pytest.mark.parametrize("secret", ["wrong", "", " "])
def test_a_wrong_password_is_unauthorised(bluesky, ada, secret):
    with pytest.raises(Unauthorised):
        sign_in(ada.handle, secret, bluesky.address, GUARD)


def test_a_revoked_app_password_is_unauthorised(bluesky, ada):
    password = bluesky.create_app_password(ada)
    _, credentials = sign_in(ada.handle, password, bluesky.address, GUARD)
    bluesky.revoke_app_password(ada)
    with pytest.raises(Unauthorised):
        BlueskyNetwork(bluesky.address, GUARD, credentials).whoami()
    with pytest.raises(Unauthorised):
        sign_in(ada.handle, password, bluesky.address, GUARD)


def test_tokens_are_renewed_when_their_time_is_over_and_handed_out_to_be_kept(bluesky, ada):
    _, credentials = sign_in(ada.handle, ada.password, bluesky.address, GUARD)
    kept: list[dict[str, str]] = []
    network = BlueskyNetwork(bluesky.address, GUARD, expired(credentials), kept.append)
    publish(network)
    assert len(kept) == 1
    assert kept[0] != credentials
    assert BlueskyNetwork(bluesky.address, GUARD, kept[0]).whoami().id == ada.did


def test_once_the_password_is_revoked_an_expired_session_cannot_write(bluesky, ada):
    password = bluesky.create_app_password(ada)
    _, credentials = sign_in(ada.handle, password, bluesky.address, GUARD)
    bluesky.revoke_app_password(ada)
    network = BlueskyNetwork(bluesky.address, GUARD, expired(credentials))
    with pytest.raises(Unauthorised):
        publish(network)
    assert bluesky.records(ada.did, POST) == []


def test_a_token_the_server_does_not_know_is_renewed_or_unauthorised(bluesky, ada):
    _, credentials = sign_in(ada.handle, ada.password, bluesky.address, GUARD)
    parts = credentials["session"].split(":::")
    parts[2] = parts[2][:-6] + "AAAAAA"
    kept: list[dict[str, str]] = []
    publish(BlueskyNetwork(bluesky.address, GUARD, {"session": ":::".join(parts)}, kept.append))
    assert len(kept) == 1
    parts[3] = parts[3][:-6] + "AAAAAA"
    with pytest.raises(Unauthorised):
        publish(BlueskyNetwork(bluesky.address, GUARD, {"session": ":::".join(parts)}))


@pytest.mark.parametrize("credentials", [{"session": ""}, {"session": "a:::b:::c:::d:::e"}, {"token": "x"}])
def test_what_is_no_session_is_unauthorised(bluesky, credentials):
    with pytest.raises(Unauthorised):
        BlueskyNetwork(bluesky.address, GUARD, credentials)


def test_the_anonymous_read_and_do_not_write(bluesky, ada, network_of):
    post = publish(network_of(ada))
    nobody = BlueskyNetwork(bluesky.address, GUARD)
    assert nobody.fetch_post(post.uri).text
    assert nobody.fetch_actor(ada.did).handle == ada.handle
    for act in (
        nobody.whoami,
        lambda: publish(nobody),
        lambda: nobody.boost(post, key=nobody.new_key()),
        lambda: nobody.undo_boost(post, key=nobody.new_key()),
    ):
        with pytest.raises(Unauthorised):
            act()


def test_without_an_appview_followers_are_worth_another_try(ada, network_of):
    with pytest.raises(Retryable):
        network_of(ada).fetch_followers(ada.did)


def test_a_server_that_is_not_there_is_worth_another_try():
    nowhere = BlueskyNetwork("http://127.0.0.1:9999", GUARD)
    with pytest.raises(Retryable):
        nowhere.fetch_post("at://did:plc:a/app.bsky.feed.post/3aaaaaaaaaaaa")
    with pytest.raises(Retryable):
        next(nowhere.listen(["x"]))


def test_credentials_cannot_lead_the_client_inside(bluesky, ada):
    _, credentials = sign_in(ada.handle, ada.password, bluesky.address, GUARD)
    parts = credentials["session"].split(":::")
    parts[4] = "http://127.1:80"
    network = BlueskyNetwork(bluesky.address, GUARD, {"session": ":::".join(parts)})
    with pytest.raises(Forbidden):
        network.whoami()


def test_a_rate_limit_says_how_long_to_wait():
    with bluesky_network("--rate-limits") as strict:

        def sign_in_often() -> None:
            for _ in range(40):
                with suppress(Unauthorised):
                    sign_in("nobody-here.test", "guess", strict.address, GUARD)

        with pytest.raises(Retryable) as caught:
            sign_in_often()
    assert 0 < caught.value.after <= 300


def test_the_guarded_client_speaks_to_it_as_well(bluesky):
    described = fetch(GUARD, f"{bluesky.pds}/xrpc/com.atproto.server.describeServer").json()
    assert ".test" in described["availableUserDomains"]
