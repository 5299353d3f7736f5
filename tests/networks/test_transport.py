"""Guarded requests: redirects, how long and how large an answer may be, and what it means."""

import gzip
import io
import itertools
import os
import socket
import ssl
import threading
import warnings
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from colibri.networks.errors import Gone, Refused, Retryable, Unauthorised
from colibri.networks.guard import Guard
from colibri.networks.transport import _kept, _plain, fetch, guarded_client
from tests.networks.local_server import allowing, reply, serving


def test_an_allowed_place_is_reached_under_one_name_with_the_host_it_was_asked_for():
    seen = {}

    def answer(handler):
        seen.update(handler.headers)
        reply(handler, body=gzip.compress(b"bonjour"), Content_Encoding="gzip")

    with serving(answer) as (address, _):
        guard = allowing(address, user_agent="Colibri/1 (+https://colibri.test)")
        response = fetch(guard, address + "/", headers={"User-Agent": "something else"})
    assert response.content == b"bonjour"
    assert seen["User-Agent"] == "Colibri/1 (+https://colibri.test)"
    assert seen["Host"] == address.removeprefix("http://")


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://0x7f.1:{port}/", "https://[::1]:{port}/",
     "http://2130706433:{port}/", "https://good.test\\@127.0.0.1:{port}/", "file:///etc/passwd",
     "https://169.254.169.254/latest/meta-data/", "//127.1:{port}/", "http://user@127.0.0.1:{port}/"],
)  # fmt: skip
def test_a_redirect_to_inside_is_not_followed(location):
    with serving(reply) as (secret, asked):
        place = location.format(port=secret.rpartition(":")[2])
        with (
            serving(lambda handler: reply(handler, 302, Location=place)) as (address, _),
            pytest.raises(Refused),
        ):
            fetch(allowing(address), address + "/")
    assert asked == []


def test_redirects_are_followed_only_so_far():
    with (
        serving(lambda handler: reply(handler, 302, Location="/again")) as (address, asked),
        pytest.raises(Refused),
    ):
        fetch(allowing(address, max_redirects=3), address + "/")
    assert len(asked) == 4


def test_what_was_posted_is_not_sent_elsewhere():
    with (
        serving(reply) as (other, asked),
        serving(lambda handler: reply(handler, 307, Location=other + "/")) as (address, _),
        pytest.raises(Refused),
    ):
        fetch(allowing(address, other), address + "/", method="POST", content=b"password")
    assert asked == []


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in itertools.count():
        handler.wfile.write(b"x" * 65536)


def test_an_endless_body_is_cut_at_the_size_limit():
    with serving(endless) as (address, _), pytest.raises(Refused, match="more than"):
        fetch(allowing(address, max_bytes=1_000_000), address + "/")


def test_a_body_declared_too_large_is_not_read():
    with (
        serving(lambda handler: reply(handler, Content_Length="1000000000")) as (address, _),
        pytest.raises(Refused, match="1000000000 bytes"),
    ):
        fetch(allowing(address), address + "/")


def test_a_decompression_bomb_is_cut_at_the_size_limit():
    bomb = io.BytesIO()
    with gzip.GzipFile(fileobj=bomb, mode="wb") as file:
        for _ in range(200):
            file.write(bytes(1_000_000))
    with (
        serving(lambda handler: reply(handler, body=bomb.getvalue(), Content_Encoding="gzip")) as (
            address,
            _,
        ),
        pytest.raises(Refused, match="more than"),
    ):
        fetch(allowing(address, max_bytes=1_000_000), address + "/")


@settings(deadline=None)
@given(st.lists(st.binary(max_size=3000), min_size=1, max_size=4), st.integers(1, 500))
def test_a_zipped_body_of_several_members_arrives_whole(members, size):
    packed = b"".join(gzip.compress(member) for member in members)
    chunks = [packed[i : i + size] for i in range(0, len(packed), size)]
    assert b"".join(_plain(chunks, "gzip", 100_000)) == b"".join(members)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "deflate"])
def test_an_encoding_nobody_asked_for_is_refused(encoding):
    with (
        serving(lambda handler: reply(handler, body=b"?", Content_Encoding=encoding)) as (address, _),
        pytest.raises(Refused, match="nobody asked"),
    ):
        fetch(allowing(address), address + "/")


def test_a_broken_zip_is_worth_another_try():
    with (
        serving(lambda handler: reply(handler, body=b"no zip", Content_Encoding="gzip")) as (address, _),
        pytest.raises(Retryable),
    ):
        fetch(allowing(address), address + "/")


@pytest.mark.parametrize("part", ["headers", "body"])
def test_a_sender_who_drips_is_cut_at_the_time_limit(part):
    stop = threading.Event()

    def drip(handler):
        if part == "body":
            handler.send_response(200)
            handler.end_headers()
        else:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        while not stop.wait(0.02):
            handler.wfile.write(b"x")

    with serving(drip) as (address, _):
        with pytest.raises(Retryable):
            fetch(allowing(address, total_timeout=0.3), address + "/")
        stop.set()


@pytest.mark.parametrize(
    ("status", "error"),
    [(400, Refused), (401, Unauthorised), (403, Refused), (404, Gone), (410, Gone), (429, Retryable),
     (500, Retryable), (503, Retryable)],
)  # fmt: skip
def test_a_status_is_one_of_our_errors(status, error):
    with (
        serving(lambda handler: reply(handler, status, Retry_After="7")) as (address, _),
        pytest.raises(error) as caught,
    ):
        fetch(allowing(address), address + "/")
    assert type(caught.value) is error
    if error is Retryable:
        assert caught.value.after == 7


def test_what_is_no_http_and_who_is_not_there_is_worth_another_try():
    with (
        serving(lambda handler: handler.wfile.write(b"SSH-2.0\r\n\r\n")) as (address, _),
        pytest.raises(Retryable),
    ):
        fetch(allowing(address), address + "/")
    with pytest.raises(Retryable):
        fetch(allowing(address), address + "/")


def test_a_kept_client_makes_several_requests_and_asks_no_proxy(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with (
        serving(lambda handler: reply(handler, body=b"ok", Content_Length="2")) as (address, asked),
        guarded_client(allowing(address)) as client,
    ):
        assert [client.get(address + "/").text for _ in range(3)] == ["ok"] * 3
    assert len(asked) == 3


@pytest.fixture
def unknown_authority(tmp_path) -> ssl.SSLContext:
    """A TLS server's certificate for good.test that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "good.test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("good.test")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = tmp_path / "certificate.pem"
    file.write_bytes(secret + certificate.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def test_tls_is_spoken_with_the_name_and_an_unknown_authority_is_not_trusted(unknown_authority):
    names: list[str] = []
    unknown_authority.sni_callback = lambda _, name, __: names.append(name)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                unknown_authority.wrap_socket(connection, server_side=True).close()

        thread = threading.Thread(target=answer)
        thread.start()
        port = listening.getsockname()[1]
        guard = Guard(allow=frozenset({"good.test:*"}), resolver=lambda *_: ["127.0.0.1"])
        with pytest.raises(Retryable, match="certificate"):
            fetch(guard, f"https://good.test:{port}/")
        thread.join()
    assert names == ["good.test"]


def test_a_forked_process_keeps_no_connection_of_its_parent():
    with serving(lambda handler: reply(handler, body=b"ok")) as (address, _):
        fetch(allowing(address), address + "/")
        assert _kept.cache_info().currsize > 0
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            os._exit(_kept.cache_info().currsize)
        assert os.waitpid(child, 0)[1] == 0
