"""A stream that is cut again and again in the middle of a burst: nothing is missed, nothing is told twice."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import pytest

from colibri.networks.bluesky import BlueskyNetwork
from colibri.networks.errors import Retryable
from colibri.networks.items import Draft
from tests.networks.bluesky.story import publish
from tests.peers.bluesky_peer import GUARD

pytestmark = pytest.mark.bluesky

POSTS = 60
BETWEEN_CUTS = 4_000
"""Bytes let through before a connection is cut: a few posts, and often half of one."""


@contextmanager
def cutting(port: int) -> Iterator[int]:
    """A way to a port on which every connection ends after so many bytes have come; gives its own port."""
    door = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []

    def carry(here: socket.socket, there: socket.socket, most: int) -> None:
        with here, there, suppress(OSError):
            while most > 0 and (more := here.recv(min(most, 65_536))):
                there.sendall(more)
                most -= len(more)
            for end in (here, there):
                end.shutdown(socket.SHUT_RDWR)

    def serve() -> None:
        with suppress(OSError):
            while True:
                came, _ = door.accept()
                inside = socket.create_connection(("127.0.0.1", port))
                for ends in ((came, inside, 10**9), (inside, came, BETWEEN_CUTS)):
                    threads.append(threading.Thread(target=carry, args=ends, daemon=True))
                    threads[-1].start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield door.getsockname()[1]
    finally:
        door.close()
        for thread in threads:
            thread.join(timeout=30)


def test_a_burst_cut_again_and_again_is_heard_whole_and_once(bluesky, ada, network_of):
    network = network_of(ada)
    publish(network, "avant #coupureR")
    cursor = next(event.cursor for event in network.listen(["coupureR"], cursor="0") if event.kind == "post")
    port = int(bluesky.pds.rpartition(":")[2])
    written: list[str] = []

    def write() -> None:
        drafts = (Draft(f"{number} #coupureR", network.new_key()) for number in range(POSTS))
        written.extend(network.publish(draft).uri for draft in drafts)

    writer = threading.Thread(target=write)
    writer.start()
    told: list[str] = []
    cuts = 0
    with cutting(port) as way:
        listener = BlueskyNetwork(f"{bluesky.pds} ws://127.0.0.1:{way}", GUARD, None)
        while len(told) < POSTS and cuts < 20 * POSTS:
            try:
                with closing(listener.listen(["coupureR"], cursor=cursor)) as stream:
                    for event in stream:
                        cursor = event.cursor
                        told += [event.uri] if event.kind == "post" else []
                        if len(told) == POSTS:
                            break
            except Retryable:
                cuts += 1
    writer.join()

    assert told == written
    assert cuts > 5
