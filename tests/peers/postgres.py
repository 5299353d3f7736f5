"""A real PostgreSQL cluster of our own, in a temporary folder, on a random port of loopback.

As a fixture: `postgres_server` (`.url`, `.port`, `.create_database(name)`). Around another command:
`python -m tests.peers.postgres run -- pytest tests`, which finds its address in COLIBRI_DATABASE_URL.
"""

import getpass
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.peers.process import PeerFailed, PeerMissing, dying_with_us, find_program, free_port, running

__all__ = ["PostgresServer", "postgres", "postgres_server"]

USER = "colibri"
CLUSTER = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
LOOPBACK_ONLY = ["listen_addresses=127.0.0.1", "unix_socket_directories="]
# What a cluster that lives for minutes can do without: surviving a power cut.
IN_A_HURRY = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB"]
# Between two tests every table is empty: statistics taken then make the next test's queries crawl.
IN_A_HURRY += ["autovacuum=off"]


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """Where the cluster listens; `url` names its first database, empty."""

    port: int

    @property
    def url(self) -> str:
        return self.url_of(USER)

    def url_of(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgres://{USER}@127.0.0.1:{self.port}/{database}"

    def create_database(self, database: str) -> str:
        """Make one more empty database; returns its address."""
        with psycopg.connect(self.url_of("postgres"), autocommit=True) as connection:
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(database)))
        return self.url_of(database)

    def answers(self) -> bool:
        """Does it take connections?"""
        try:
            psycopg.connect(self.url_of("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


def unprivileged_user() -> str:
    """The user to run it as: empty for ourselves, since only root is refused by PostgreSQL."""
    if os.geteuid() != 0:
        return ""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise PeerMissing(
        "PostgreSQL refuses to run as root, and this machine has no user 'postgres' or 'nobody'."
    )


@contextmanager
def postgres() -> Iterator[PostgresServer]:
    """Start a cluster; it is stopped and removed when the block ends, whatever happens.

    Raises `PeerMissing` without PostgreSQL on the machine, `PeerFailed` when it does not start.
    """
    folders = ("/usr/lib/postgresql/*/bin",)
    initdb = find_program("initdb", package="postgresql", folders=folders)
    server_program = find_program("postgres", package="postgresql", folders=folders)
    user = unprivileged_user()
    folder = Path(tempfile.mkdtemp(prefix="colibri-postgres-"))
    try:
        if user:
            shutil.chown(folder, user=user)
        cluster = folder / "cluster"
        making = subprocess.run(
            dying_with_us(user=user) + [str(initdb), "-D", str(cluster), "-U", USER, *CLUSTER],
            capture_output=True,
            text=True,
            cwd=folder,
            check=False,
        )
        if making.returncode != 0:
            raise PeerFailed(f"initdb as {user or getpass.getuser()} failed:\n{making.stderr[-2000:]}")
        server = PostgresServer(free_port())
        options = [
            f"port={server.port}",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            *IN_A_HURRY,
        ]
        command = [str(server_program), "-D", str(cluster)]
        command += [word for option in options for word in ("-c", option)]
        # SIGINT is PostgreSQL's fast shutdown: it does not wait for clients to leave.
        with running(
            command,
            ready=server.answers,
            log=folder / "log",
            user=user,
            stop_signal=signal.SIGINT,
            cwd=folder,
        ):
            server.create_database(USER)
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A real PostgreSQL of this test session's own."""
    try:
        with postgres() as server:
            yield server
    except PeerMissing as missing:
        pytest.fail(str(missing), pytrace=False)


def main(words: list[str]) -> int:
    """`run -- COMMAND…`: the command's own exit code, or 2 where the words are not understood."""
    if words[:2] != ["run", "--"] or len(words) < 3:
        print("Usage: python -m tests.peers.postgres run -- COMMAND...", file=sys.stderr)
        return 2
    try:
        with postgres() as server:
            return subprocess.run(
                words[2:], env={**os.environ, "COLIBRI_DATABASE_URL": server.url}, check=False
            ).returncode
    except PeerMissing as missing:
        print(missing, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
