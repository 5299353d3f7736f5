"""A machine on which the guard alone can find the address of a name."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from colibri.networks.guard import Guard

__all__ = ["only_way"]

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@contextmanager
def only_way(name: str) -> Iterator[Guard]:
    """A guard that knows this name; whoever else looks any name up, or asks a proxy, fails loudly."""
    real = socket.getaddrinfo
    asked: list[object] = []

    def resolve(host: Any, *arguments: Any, **options: Any) -> Any:
        if host not in ("127.0.0.1", None):
            asked.append(host)
            raise AssertionError(f"{host} was looked up behind the guard's back")
        return real(host, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", resolve)
        for proxy in PROXIES:
            patch.setenv(proxy, "http://elsewhere.colibri.test:3128")
        yield Guard(allow=frozenset({f"{name}:*"}), resolver=lambda host, port: ["127.0.0.1"])
    assert asked == []
