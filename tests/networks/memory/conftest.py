"""The network in memory, in this process and behind a server, and two people on it."""

import threading
from collections.abc import Iterator

import pytest

from colibri.networks.memory import Door, MemoryNetwork, RemoteWorld, World
from colibri.networks.memory.server import address_of, make_server


@pytest.fixture(params=["in process", "remote"])
def door(request) -> Iterator[Door]:
    if request.param == "in process":
        yield World()
        return
    server, _ = make_server()
    with server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        remote = RemoteWorld(address_of(server))
        yield remote
        remote.close()
        server.shutdown()
        thread.join()


@pytest.fixture
def ada(door) -> MemoryNetwork:
    return MemoryNetwork(door, door.open_account("ada", "Ada", "Je cherche un emploi"))


@pytest.fixture
def bob(door) -> MemoryNetwork:
    return MemoryNetwork(door, door.open_account("bob"))
