"""Colibri itself as a process, in a folder of its own: started, looked at, killed and stopped by tests."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.peers.process import free_port, running, wait_until

__all__ = [
    "COLIBRI",
    "Served",
    "alive",
    "call",
    "found",
    "page",
    "rows",
    "served",
    "surroundings",
    "tick",
    "without_privilege",
]

COLIBRI = [sys.executable, "-m", "colibri.config.cli"]


def surroundings(folder: Path, **settings: str) -> dict[str, str]:
    """The environment of an installation in this folder, whatever the shell or the suite has set."""
    own = {
        "COLIBRI_DATA_DIR": str(folder),
        "COLIBRI_DATABASE_URL": f"sqlite:///{folder / 'colibri.sqlite3'}",
        "COLIBRI_QUEUE_URL": f"sqlite:///{folder / 'queue.sqlite3'}",
        "COLIBRI_LOG_LEVEL": "INFO",
        "DJANGO_SETTINGS_MODULE": "colibri.config.settings",
        "LC_ALL": "en_US.UTF-8",
    }
    return {**os.environ, **own, **settings}


def call(
    folder: Path, *words: str, before: tuple[str, ...] = (), **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [*before, *COLIBRI, *words],
        env=surroundings(folder, **settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )


def found(folder: Path) -> None:
    """An installation in this folder with one collective whose plan is due from midnight on."""
    words = (
        "--name",
        "Hirondelles",
        "--seekers-hashtag",
        "hirondellesR",
        "--supporters-hashtag",
        "hirondelles",
    )
    assert call(folder, "migrate").returncode == 0
    made = call(folder, "collective", "create", "hirondelles", *words, "--animator", "ada@example.org")
    assert made.returncode == 0, made.stderr
    with closing(sqlite3.connect(folder / "colibri.sqlite3")) as database, database:
        database.execute("UPDATE people_collective SET plan_hour = 0")


def tick(folder: Path, **settings: str) -> None:
    """What time alone brings about, now rather than with the clock's next minute: two clocks do no harm."""
    program = (
        "from colibri.config.starting import set_up; set_up();"
        "from django.utils import timezone; from colibri.config.clock import tick;"
        "raise SystemExit(', '.join(tick(now=timezone.now())) or 0)"
    )
    env = surroundings(folder, **settings)
    done = subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    """What a query finds in the installation's database."""
    with closing(sqlite3.connect(folder / "colibri.sqlite3", timeout=90)) as database:
        return database.execute(query).fetchall()


def without_privilege() -> tuple[str, ...]:
    """Words before a command after which file modes bind even root."""
    if os.getuid():
        return ()
    capabilities = "-dac_override,-dac_read_search"
    return ("setpriv", f"--bounding-set={capabilities}", f"--inh-caps={capabilities}", "--")


def alive(pid: int) -> bool:
    """Is there such a process, and is it more than a zombie?"""
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2][:4]
    except FileNotFoundError:
        return False


def page(port: int, timeout: float = 60) -> int:
    """The status of a page of the site at this port, 0 where nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=timeout) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


@dataclass(frozen=True)
class Served:
    """A running `colibri serve`."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def pids(self, part: str) -> list[int]:
        """Every process this part has been so far, by what the log says."""
        return [int(pid) for pid in re.findall(rf"{part} is process (\d+)", self.said())]

    def kill(self, part: str) -> int:
        """Kill what this part is now with -9; returns which process that was."""
        pid = self.pids(part)[-1]
        os.kill(pid, signal.SIGKILL)
        return pid

    def again(self, part: str, old: int) -> bool:
        """Is this part another process now, and the old one gone?"""
        return wait_until(
            lambda: self.pids(part)[-1] != old and alive(self.pids(part)[-1]) and not alive(old)
        )

    def answers(self) -> int:
        """The status of a page, 0 where nobody answers."""
        return page(self.port)

    def everybody(self) -> list[int]:
        """The supervisor and all that descend from it."""
        parents = {}
        for place in Path("/proc").glob("[0-9]*/stat"):
            try:
                parents[int(place.parent.name)] = int(place.read_text().rpartition(")")[2].split()[1])
            except FileNotFoundError:
                continue
        known = [self.process.pid]
        for pid in known:
            known += [child for child, parent in parents.items() if parent == pid]
        return known


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[Served]:
    """`colibri serve` in this folder, from its first answered page to the end of the block."""
    port = free_port()
    log = folder / "serve.log"
    env = surroundings(folder, COLIBRI_SITE_URL=f"http://127.0.0.1:{port}", **settings)
    command = [*COLIBRI, "serve", "--port", str(port), "--workers", "1"]
    with running(
        command, ready=lambda: page(port, timeout=10) == 200, log=log, seconds=240, env=env
    ) as process:
        yield Served(process, port, log)
