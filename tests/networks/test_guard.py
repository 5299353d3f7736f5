"""Outgoing requests: where they may go, how long and how large an answer may be."""

import gzip
import io
import itertools
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpcore
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colibri.networks.addresses import Forbidden, is_inside, read_url
from colibri.networks.errors import Gone, Refused, Retryable, Unauthorised
from colibri.networks.guard import Guard
from colibri.networks.transport import _plain, fetch, guarded_client

PUBLIC = "93.184.215.14"

INSIDE = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255",
    "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1",
    "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "192.88.99.1", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1", "2001:20::1", "3fff::1",
    "fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "100::1", "5f00::1",
    "::ffff:0:127.0.0.1",
]  # fmt: skip
OUTSIDE = [PUBLIC, "1.1.1.1", "172.32.0.1", "2606:4700:4700::1111", "2a00:1450:4007:80e::200e", "9.9.9.9"]

STRANGE = [
    "https://0x7f.1/", "https://2130706433/", "https://127.1/", "https://0177.0.0.1/",
    "https://0x7f000001/", "https://127.0.0.1./", r"https://good.test\@evil.test/",
    r"https://evil.test\.good.test/", "https://user@good.test/", "https://user:pw@good.test/",
    "https://good.test./", "https://good.test%2eevil.test/", "https://１２７.0.0.1/", "https://⑯.test/",
    "https://127。0。0。1/", "https://ｇood.test/", "https://[::1%25eth0]/", "https://[::1/",
    "https://[fe80::1%eth0]/", "https://a..b/", "https:///path", "https://-a.test/",
    "https://good.test:0/", "https://good.test:22/", "https://good.test:25/",
    "https://good.test:65536/", "https://good.test:x/", "ftp://good.test/", "file:///etc/passwd",
    "gopher://good.test/", "//good.test/", "good.test", "javascript:1", r"https://good.test/a\b",
    "https:good.test", "https://1.2.3/", "https://4294967297/", "https://0x/", "https://256.1.1.1/",
    "https://good.test@/", "https://℀.test/", "https://exa^mple.test/",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_not_plainly_public_is_inside(address):
    assert is_inside(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_what_is_plainly_public_is_outside(address):
    assert not is_inside(address)


@settings(deadline=None)
@given(st.ip_addresses(v=4))
def test_an_ipv4_address_carried_inside_an_ipv6_address_is_inside(address):
    number = int(address)
    carriers = [0, 0xFFFF << 32, 0x64FF9B << 96, 0x2002 << 112 | number << 80, 0x20010000 << 96]
    assert all(is_inside(str(type(address)(number)) and _v6(carrier | number)) for carrier in carriers)


def _v6(number: int) -> str:
    return socket.inet_ntop(socket.AF_INET6, number.to_bytes(16, "big"))


@pytest.mark.parametrize("url", STRANGE)
def test_an_url_that_can_be_read_in_two_ways_is_forbidden(url):
    with pytest.raises(Forbidden):
        read_url(url)


@pytest.mark.parametrize(
    "url", ["https://a.test/\n", "https://a .test", "https://a.test\t/", " https://a.test"]
)
def test_blanks_and_control_characters_in_an_url_are_forbidden(url):
    with pytest.raises(Forbidden):
        read_url(url)


def test_plain_urls_are_read():
    assert read_url("HTTPS://Good.Test/a?b#c").authority == "good.test:443"
    assert read_url("wss://bücher.test:8443/x").authority == "xn--bcher-kva.test:8443"
    assert read_url("http://[2606:4700:4700::1111]/").authority == "[2606:4700:4700::1111]:80"
    assert read_url("https://1.1.1.1/?q=http://127.0.0.1/").authority == "1.1.1.1:443"


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_resolves_inside_is_forbidden_even_beside_a_public_address(address):
    guard = Guard(resolver=lambda host, port: [PUBLIC, address])
    with pytest.raises(Forbidden):
        guard.connect(guard.check("https://good.test/"))
    with pytest.raises(Forbidden):
        fetch(guard, "https://good.test/")


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/", "https://[::1]/", "https://localhost:8000/", "https://[::ffff:7f00:1]/"]
)
def test_loopback_by_its_own_name_is_forbidden(url):
    with pytest.raises(Forbidden):
        fetch(Guard(), url)


def test_without_tls_only_allowed_places_are_spoken_to():
    with pytest.raises(Forbidden):
        Guard().check("http://good.test/")
    assert Guard(plain_http=True).check("http://good.test/").port == 80
    assert Guard(allow=frozenset({"localhost:*"})).check("ws://localhost:2583/").port == 2583
    with pytest.raises(Forbidden):
        Guard(allow=frozenset({"localhost:1"})).check("ws://localhost:2583/")


def test_a_name_that_answers_differently_the_second_time_is_only_reached_where_it_was_checked(monkeypatch):
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    reached: list[str] = []

    def connect(self, host, *rest, **options):
        reached.append(host)
        raise httpcore.ConnectError("nobody there")

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    guard = Guard(resolver=lambda host, port: next(answers))
    with pytest.raises(Retryable):
        fetch(guard, "https://rebinding.test/")
    with pytest.raises(Forbidden):
        fetch(guard, "https://rebinding.test/")
    assert reached == [PUBLIC]


def test_a_socket_is_opened_to_the_address_that_was_checked(monkeypatch):
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    reached: list[tuple[str, int]] = []

    def create(address, timeout):
        reached.append(address)
        raise OSError("nobody there")

    monkeypatch.setattr(socket, "create_connection", create)
    guard = Guard(resolver=lambda host, port: next(answers))
    with pytest.raises(Retryable):
        guard.connect(guard.check("wss://rebinding.test/"))
    assert reached == [(PUBLIC, 443)]


def test_a_name_nobody_knows_and_a_silent_name_server_are_worth_another_try():
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror("no such name")

    released = threading.Event()

    def silent(host: str, port: int) -> list[str]:
        released.wait(10)
        return [PUBLIC]

    for guard in (
        Guard(resolver=unknown),
        Guard(resolver=silent, connect_timeout=0.05),
        Guard(resolver=lambda *_: []),
    ):
        with pytest.raises(Retryable):
            fetch(guard, "https://good.test/")
    released.set()


@contextmanager
def serving(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[tuple[str, list[str]]]:
    """A web server on loopback that answers as told; gives its address and the lines asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.requestline)
            try:
                answer(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        do_POST = do_GET

        def log_message(self, *arguments):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def allowing(*addresses: str, **options) -> Guard:
    return Guard(allow=frozenset(address.removeprefix("http://") for address in addresses), **options)


def reply(handler: BaseHTTPRequestHandler, status: int = 200, body: bytes = b"", **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


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
