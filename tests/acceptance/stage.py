"""The stage of the kill tests: a network and a database that can be put back to how they were."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from colibri.networks.memory.remote import RemoteWorld
from tests.peers.process import dying_with_us, free_port

__all__ = ["Died", "Stage", "stage_in"]

ROOT = Path(__file__).parents[2]


class Died(Exception):
    """A process that was to live did not; the message says why."""


@dataclass
class Stage:
    """Orders go to a `mortal`; the database can be a file, the network is a process with a journal."""

    folder: Path
    program: "subprocess.Popen[str]"
    database: str = ""  # the address of a PostgreSQL database, empty for a file
    port: int = field(default_factory=free_port)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def control(self, verb: str, *words: Any) -> Any:
        """A verb of the network, said by nobody in particular."""
        world = RemoteWorld(self.address)
        try:
            return getattr(world, verb)(*words)
        finally:
            world.close()

    def order(
        self, do: str, *words: Any, die_at: int | None = None, cut: bool = False, room: int | None = None
    ) -> dict[str, Any]:
        """Run a step in a process of its own; says what became of it."""
        assert self.program.stdin
        assert self.program.stdout
        order = {"do": do, "with": words, "die_at": die_at, "cut": cut, "room": room}
        self.program.stdin.write(json.dumps(order) + "\n")
        self.program.stdin.flush()
        return dict(json.loads(self.program.stdout.readline()))

    def run(self, do: str, *words: Any) -> Any:
        """Run a step that nothing kills; returns what it returns. Raises `Died`."""
        told = self.order(do, *words)
        if "answer" not in told:
            raise Died(f"{do}: {told.get('fault') or told}")
        return told["answer"]

    def start_network(self) -> None:
        """Start it anew from its journal; the one before is gone."""
        self.order("network", self.port, str(self.folder / "journal"))

    def keep(self, name: str) -> None:
        """Remember how everything is, under a name."""
        kept = self.folder / "kept" / name
        kept.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.folder / "journal", kept)
        if self.database:
            self.copy_database(self.database, self.kept_database(name))
        else:
            shutil.copy(self.folder / "colibri.sqlite3", kept)

    def put_back(self, name: str) -> None:
        """Make everything as it was under that name."""
        kept = self.folder / "kept" / name
        for leftover in (*self.folder.glob("colibri.sqlite3-*"), *self.folder.glob("mail/*")):
            leftover.unlink()
        shutil.copy(kept / "journal", self.folder)
        if self.database:
            self.copy_database(self.kept_database(name), self.database)
        else:
            shutil.copy(kept / "colibri.sqlite3", self.folder)
        self.start_network()

    def kept_database(self, name: str) -> str:
        """The address of the copy of a PostgreSQL database under this name."""
        return f"{self.database}_{hashlib.md5(name.encode()).hexdigest()[:12]}"

    def copy_database(self, source: str, target: str) -> None:
        """Make one PostgreSQL database the twin of another; whoever still holds it is sent away."""
        server, _, old = source.rpartition("/")
        names = {"old": sql.Identifier(old), "new": sql.Identifier(target.rpartition("/")[2])}
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {new} WITH (FORCE)").format(**names))
            connection.execute(sql.SQL("CREATE DATABASE {new} TEMPLATE {old}").format(**names))


@contextmanager
def stage_in(folder: Path, database: str = "", **surroundings: str) -> Iterator[Stage]:
    """Set one up in a folder, on PostgreSQL where given; its processes are gone when the block ends."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("COLIBRI_", "DJANGO_"))}
    if database:
        env["COLIBRI_DATABASE_URL"] = database
    env |= {
        "DJANGO_SETTINGS_MODULE": "colibri.config.settings",
        "COLIBRI_DATA_DIR": str(folder),
        "COLIBRI_MAIL_URL": "file:",
        "COLIBRI_QUIET_HOURS": "0-0",
        "COLIBRI_LOG_LEVEL": "CRITICAL",
        **surroundings,
    }
    command = [*dying_with_us(), sys.executable, "-m", "tests.acceptance.mortal"]
    with (
        (folder / "said").open("w") as said,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, text=True, env=env, cwd=ROOT
        ) as program,
    ):
        assert program.stdout
        if not program.stdout.readline():
            raise Died((folder / "said").read_text()[-2000:])
        try:
            yield Stage(folder, program, database)
        finally:
            assert program.stdin
            program.stdin.close()
            program.wait(timeout=60)
