"""Where outgoing requests may go, whatever names resolve to."""

import socket
import threading

import httpcore
import pytest

from colibri.networks.addresses import Forbidden
from colibri.networks.errors import Retryable
from colibri.networks.guard import Guard
from colibri.networks.transport import fetch
from tests.networks.spellings import INSIDE, PUBLIC


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


@pytest.mark.parametrize(
    ("url", "admitted"),
    [
        ("https://example.org/feed", True),
        ("https://127.0.0.1/feed", False),
        ("https://127.0.0.1:8080/feed", True),
        ("https://169.254.169.254/", False),
        ("https://[::1]/", False),
        ("https://localhost./", False),
        ("https://user:pw@example.org/", False),
        ("http://example.org/", False),
        ("ftp://example.org/", False),
    ],
)
def test_what_could_never_be_reached_is_known_at_once(url, admitted):
    assert Guard(allow=frozenset({"127.0.0.1:8080"})).admits(url) is admitted
