"""What each process does until it is told to stop; `colibri run PART` is one of them alone."""

import signal
from types import FrameType
from typing import Any

import click
from django.conf import settings
from django.utils.module_loading import import_string
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from huey.contrib.djhuey import HUEY

from colibri.audiences.queries import reader
from colibri.config.clock import keep_time
from colibri.config.listener import Listener
from colibri.config.preparing import refuse_unprepared

__all__ = ["do_work", "hear", "keep_minutes", "run", "serve_web"]

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


def serve_web(descriptor: int, workers: int, threads: int) -> None:
    """Answer visitors who come to an open, listening socket."""
    _Site(descriptor, workers, threads).run()


def do_work(threads: int) -> None:
    """Do what the queue rings for."""
    reader()  # once, before every thread reads it in for itself
    HUEY.create_consumer(
        workers=threads,
        periodic=False,
        max_delay=1.0,
        graceful_signal="TERM",
        shutdown_timeout=PATIENCE - 2,
    ).run()


def hear() -> None:
    """Listen to every source."""
    Listener().run(_Stop())


def keep_minutes() -> None:
    """Do each minute what time alone brings about."""
    keep_time(_Stop())


@click.command("run")
@click.argument("part", type=click.Choice(["worker", "listener", "clock"]))
@click.option("--threads", type=click.IntRange(min=1), default=4, show_default=True, help="Of the worker.")
def run(part: str, threads: int) -> None:
    """One process alone: on further machines, or under a supervisor of your own."""
    refuse_unprepared()
    if part == "worker":
        do_work(threads)
    elif part == "listener":
        hear()
    else:
        keep_minutes()
