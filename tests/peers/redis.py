"""A real Redis of our own, in memory alone, on a random port of loopback.

As a fixture: `redis_server` (`.url`, `.port`). Around another command:
`python -m tests.peers.redis run -- pytest tests`, which finds its address in COLIBRI_QUEUE_URL.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.peers.process import PeerMissing, find_program, free_port, running

__all__ = ["RedisServer", "redis", "redis_server"]


@dataclass(frozen=True, slots=True)
class RedisServer:
    """Where it listens."""

    port: int

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def answers(self) -> bool:
        """Does it say PONG?"""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False


@contextmanager
def redis() -> Iterator[RedisServer]:
    """Start a Redis; it is gone, with all it held, when the block ends.

    Raises `PeerMissing` without Redis on the machine, `PeerFailed` when it does not start.
    """
    program = find_program("redis-server", "valkey-server", package="redis-server")
    server = RedisServer(free_port())
    folder = Path(tempfile.mkdtemp(prefix="colibri-redis-"))
    command = [str(program), "--port", str(server.port), "--bind", "127.0.0.1", "--dir", str(folder)]
    command += ["--save", "", "--appendonly", "no"]
    try:
        with running(command, ready=server.answers, log=folder / "log"):
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """A real Redis of this test session's own."""
    try:
        with redis() as server:
            yield server
    except PeerMissing as missing:
        pytest.fail(str(missing), pytrace=False)


def main(words: list[str]) -> int:
    """`run -- COMMAND…`: the command's own exit code, or 2 where the words are not understood."""
    if words[:2] != ["run", "--"] or len(words) < 3:
        print("Usage: python -m tests.peers.redis run -- COMMAND...", file=sys.stderr)
        return 2
    try:
        with redis() as server:
            return subprocess.run(
                words[2:], env={**os.environ, "COLIBRI_QUEUE_URL": server.url}, check=False
            ).returncode
    except PeerMissing as missing:
        print(missing, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
