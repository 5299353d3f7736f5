"""Servers that speak the Mastodon API, on loopback.

They are stand-ins, of the tests' own and written from the public documentation: Mastodon is a Ruby program
and GoToSocial a Go one, and no registry the tests may use carries either. They are strict, they speak real
HTTP, and they count what was written; that a real server behaves likewise they cannot prove.

Fixtures: `mastodon` (4.3), `old_mastodon` (3.5), `gotosocial`, all of one fediverse, and `any_mastodon`.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from colibri.networks.guard import Guard
from tests.peers.mastodon.door import serving_world
from tests.peers.mastodon.flavours import GOTOSOCIAL, MASTODON, OLD_MASTODON, Flavour
from tests.peers.mastodon.world import World

__all__ = ["GUARD", "any_mastodon", "gotosocial", "mastodon", "new_server", "old_mastodon"]

GUARD = Guard(allow=frozenset({"127.0.0.1:*"}), connect_timeout=20.0, total_timeout=40.0)


@pytest.fixture
def new_server() -> Iterator[Callable[..., World]]:
    """Starts servers of one fediverse."""
    fediverse: dict[str, World] = {}
    with ExitStack() as servers:

        def start(flavour: Flavour = MASTODON, name: str = "127.0.0.1") -> World:
            return servers.enter_context(serving_world(World(flavour, fediverse), name))

        yield start


@pytest.fixture
def mastodon(new_server) -> World:
    """A Mastodon 4.3."""
    return new_server(MASTODON)


@pytest.fixture
def old_mastodon(new_server) -> World:
    """A Mastodon 3.5: one version of its description, no actor URIs, no metadata."""
    return new_server(OLD_MASTODON)


@pytest.fixture
def gotosocial(new_server) -> World:
    """A GoToSocial: nothing without signing in, WebSocket alone, ULIDs."""
    return new_server(GOTOSOCIAL)


@pytest.fixture(params=[MASTODON, OLD_MASTODON, GOTOSOCIAL], ids=lambda flavour: flavour.name)
def any_mastodon(request, new_server) -> World:
    """Each of the three in turn."""
    return new_server(request.param)
