"""The network in memory, in this process and behind a server, and two people on it."""

import threading
from collections.abc import Iterator

import pytest

from colibri.networks.memory import Door, MemoryNetwork, RemoteWorld, World
from colibri.networks.memory.server import make_server


@pytest.fixture(params=["in process", "remote"])
def door(request) -> Iterator[Door]:
    world = World()
    if request.param == "in process":
        yield world
        return
    with make_server(world) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        remote = RemoteWorld(f"http://127.0.0.1:{server.server_address[1]}")
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
