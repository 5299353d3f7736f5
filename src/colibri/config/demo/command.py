"""`colibri demo`: the built-in network, a day on it and the site, each a process of its own."""

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.utils.translation import gettext as _

from colibri.config.demo.people import SIZES

__all__ = ["demo"]

FOLDER = Path(".colibri") / "demo"
MARK = "demonstration"
SITE = "http://127.0.0.1:{port}"


@click.command
@click.option("--size", type=click.Choice(list(SIZES)), default="small", show_default=True)
@click.option("--once", is_flag=True, help="Run the day, print its figures and end.")
@click.option("--json", "as_json", is_flag=True, help="Print figures as JSON.")
@click.option("--port", default=8000, show_default=True, help="Where the site is served.")
@click.option("--folder", type=click.Path(path_type=Path), default=FOLDER, show_default=True)
def demo(size: str, once: bool, as_json: bool, port: int, folder: Path) -> None:
    """A fictional collective's whole day on the built-in network, then its site to look at.

    Needs no account, key or server. The folder is emptied first.
    """
    os.umask(0o077)
    if not once:
        refuse_taken_port(port)
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(143))
    with alone_in(folder) as lock, network(folder, lock) as address:
        surroundings = {
            **os.environ,
            "COLIBRI_DATA_DIR": str(folder),
            "COLIBRI_DEMO": "1",
            "COLIBRI_DEMO_NETWORK": address,
            "COLIBRI_SITE_URL": SITE.format(port=port),
            "COLIBRI_MAIL_URL": "file:",
            "COLIBRI_DATABASE_URL": f"sqlite:///{folder.resolve() / 'colibri.sqlite3'}",
            "COLIBRI_QUEUE_URL": f"sqlite:///{folder.resolve() / 'queue.sqlite3'}",
        }
        colibri = [sys.executable, "-m", "colibri.config.cli"]
        day = [*colibri, "demo-day", "--size", size, *(["--json"] if as_json else [])]
        code = run([*day, *([] if once else ["--links"])], surroundings, lock)
        if code == 0 and not once:
            code = run([*colibri, "serve", "--port", str(port)], surroundings, lock)
    if code:
        raise click.exceptions.Exit(code)


def refuse_taken_port(port: int) -> None:
    """Raises `click.ClickException` now rather than after a whole day was played."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", port))
        except OSError as fault:
            words = _("Port {port} cannot be used ({why}): choose another with --port.")
            raise click.ClickException(words.format(port=port, why=fault.strerror)) from fault


@contextmanager
def alone_in(folder: Path) -> Iterator[int]:
    """The folder emptied and this demonstration's alone; yields the descriptor that holds it.

    Raises `click.ClickException` where the folder holds anything else, or a demonstration that runs.
    """
    mark = folder / MARK
    if folder.exists() and any(folder.iterdir()) and not mark.exists():
        words = _("{folder} is not empty and holds no demonstration: name another --folder.")
        raise click.ClickException(words.format(folder=folder))
    folder.mkdir(parents=True, exist_ok=True)
    with mark.open("a", encoding="ascii") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            words = _("A demonstration runs in {folder}: stop it, or name another --folder.")
            raise click.ClickException(words.format(folder=folder)) from fault
        empty(folder)
        yield held.fileno()


def empty(folder: Path) -> None:
    """Take away all that an earlier demonstration left, but for the mark that is held."""
    for left in folder.iterdir():
        if left.name == MARK:
            continue
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        else:
            left.unlink()


@contextmanager
def network(folder: Path, lock: int) -> Iterator[str]:
    """The built-in network as a process on loopback; yields its address."""
    command = [
        sys.executable,
        "-m",
        "colibri.networks.memory.server",
        "--journal",
        str(folder / "network.jsonl"),
    ]
    process = subprocess.Popen(  # noqa: S603 our own program
        command, stdout=subprocess.PIPE, text=True, pass_fds=[lock]
    )
    try:
        line = process.stdout.readline() if process.stdout else ""
        if not line:
            raise click.ClickException(_("The built-in network did not start; see the lines above."))
        yield json.loads(line)["address"]
    finally:
        process.terminate()
        process.wait(timeout=10)


def run(command: list[str], surroundings: dict[str, str], lock: int) -> int:
    """Run a process to its end, which is also ours: it is told to stop where we are.

    It holds the folder with us: should we be killed, the folder is taken until it has ended too.
    """
    process = subprocess.Popen(command, env=surroundings, pass_fds=[lock])  # noqa: S603 our own program
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.terminate()  # told already where the terminal told us both; once more does no harm
        return process.wait(timeout=30)
    finally:
        process.terminate()
        process.wait(timeout=30)
