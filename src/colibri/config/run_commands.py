"""`colibri run PART`: one process alone."""

import signal
from types import FrameType
from typing import Any

import click
from django.conf import settings
from django.utils.module_loading import import_string
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from huey.contrib.djhuey import HUEY

from colibri.config.clock import keep_time
from colibri.config.listener import Listener
from colibri.config.supervisor import stop_when_orphaned

__all__ = ["run"]

PATIENCE = 20
"""Seconds a process may take to finish what it does; less than the supervisor's patience."""


class _Stop:
    """Whether SIGTERM or SIGINT came."""

    def __init__(self) -> None:
        self._came = False
        signal.signal(signal.SIGTERM, self._note)
        signal.signal(signal.SIGINT, self._note)

    def __call__(self) -> bool:
        return self._came

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._came = True


class _Site(BaseApplication):
    """gunicorn on a socket that is already open."""

    def __init__(self, descriptor: int, workers: int, threads: int) -> None:
        self._options: dict[str, Any] = {
            "bind": f"fd://{descriptor}",
            "workers": workers,
            "threads": threads,
            "worker_class": "gthread",
            "graceful_timeout": PATIENCE - 5,
            "control_socket_disable": True,
            "proc_name": "colibri",
            "loglevel": "warning",
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return import_string(settings.WSGI_APPLICATION)


def web(descriptor: int, workers: int, threads: int) -> None:
    """Answer visitors."""
    _Site(descriptor, workers, threads).run()


def worker(threads: int) -> None:
    """Do the work the queue rings for."""
    HUEY.create_consumer(
        workers=threads,
        periodic=False,
        max_delay=1.0,
        graceful_signal="TERM",
        shutdown_timeout=PATIENCE - 2,
    ).run()


@click.command("run")
@click.argument("part", type=click.Choice(["web", "worker", "listener", "clock"]))
@click.option("--pipe", type=int, help="A descriptor that ends with the supervisor.")
@click.option("--socket", "descriptor", type=int, help="An open, listening socket, for the web.")
@click.option("--workers", type=click.IntRange(min=1), default=1, show_default=True, help="Web processes.")
@click.option("--threads", type=click.IntRange(min=1), default=4, show_default=True, help="Of web or worker.")
def run(part: str, pipe: int | None, descriptor: int | None, workers: int, threads: int) -> None:
    """One process alone, as the supervisor starts it; several machines may each run some of them."""
    if pipe is not None:
        stop_when_orphaned(pipe, patience=PATIENCE)
    if part == "web":
        if descriptor is None:
            raise click.UsageError("web needs --socket: start it with `colibri serve`, or run gunicorn")
        web(descriptor, workers, threads)
    elif part == "worker":
        worker(threads)
    elif part == "listener":
        Listener().run(_Stop())
    else:
        keep_time(_Stop())
