"""`colibri demo`: the built-in network, a day on it and the site, each a process of its own."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.utils.translation import gettext as _

from colibri.config.demo_people import SIZES

__all__ = ["demo"]

FOLDER = Path(".colibri") / "demo"
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
    empty(folder)
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(143))
    with network(folder) as address:
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
        code = run([*day, *([] if once else ["--links"])], surroundings)
        if code == 0 and not once:
            code = run([*colibri, "serve", "--port", str(port)], surroundings)
    if code:
        raise click.exceptions.Exit(code)


def empty(folder: Path) -> None:
    """Empty a demonstration's folder. Refuses a folder that holds anything else."""
    if folder.exists() and any(folder.iterdir()) and not (folder / "demonstration").exists():
        raise click.ClickException(
            _("{folder} is not empty and holds no demonstration: name another --folder.").format(
                folder=folder
            )
        )
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "demonstration").touch()


@contextmanager
def network(folder: Path) -> Iterator[str]:
    """The built-in network as a process on loopback; yields its address."""
    command = [
        sys.executable,
        "-m",
        "colibri.networks.memory.server",
        "--journal",
        str(folder / "network.jsonl"),
    ]
    process = subprocess.Popen(  # noqa: S603 our own program
        command, stdout=subprocess.PIPE, text=True
    )
    try:
        line = process.stdout.readline() if process.stdout else ""
        if not line:
            raise click.ClickException(_("The built-in network did not start; see the lines above."))
        yield json.loads(line)["address"]
    finally:
        process.terminate()
        process.wait(timeout=10)


def run(command: list[str], surroundings: dict[str, str]) -> int:
    """Run a process to its end, which is also ours: it is told to stop where we are."""
    process = subprocess.Popen(command, env=surroundings)  # noqa: S603 our own program
    try:
        return process.wait()
    except KeyboardInterrupt:
        return process.wait(timeout=30)
    finally:
        process.terminate()
        process.wait(timeout=30)
