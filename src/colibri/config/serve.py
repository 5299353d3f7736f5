"""`colibri serve`: the database brought up to date, then every process under one supervisor."""

import errno
import os
import socket

import click
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from colibri.audiences.queries import reader
from colibri.config.preparing import prepare
from colibri.config.processes import do_work, hear, keep_minutes, serve_web
from colibri.config.supervisor import Part, Supervisor

__all__ = ["migrate", "serve"]

WAITING_MOST = 1024
"""Visitors that wait at the door while the site starts or restarts."""


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(min=1), default=2, show_default=True, help="Web processes.")
@click.option("--threads", type=click.IntRange(min=1), default=4, show_default=True, help="Of each of them.")
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the site, do the work, listen and keep time until told to stop.

    Four kinds of processes (web, worker, listener, clock) run under one supervisor, which restarts what dies.
    """
    door = open_door(host, port)
    with door:
        prepare()
        reader()  # what dies has it at once when it is started again
        connection.close()  # none may be open when processes part
        address = "http://{}:{}".format(f"[{host}]" if ":" in host else host, door.getsockname()[1])
        click.echo(_("Colibri listens on {address}. Ctrl-C stops it.").format(address=address), err=True)
        if address != settings.SITE_URL:
            words = _("Visitors reach it at {site} ({setting}).")
            click.echo(words.format(site=settings.SITE_URL, setting="COLIBRI_SITE_URL"), err=True)
        late = Supervisor(parts(door, workers, threads)).run()
    click.echo(_("Colibri has stopped."), err=True)
    if late:
        raise click.exceptions.Exit(1)


@click.command("migrate")
def migrate() -> None:
    """Bring the database up to date, as `serve` does before it starts."""
    prepare()
    click.echo(_("The database is up to date."))


def parts(door: socket.socket, workers: int, threads: int) -> list[Part]:
    """The processes of one installation; the web one answers at the open door, from each fork's own copy."""
    return [
        Part("web", lambda: serve_web(os.dup(door.fileno()), workers, threads)),
        Part("worker", lambda: do_work(threads)),
        Part("listener", hear),
        Part("clock", keep_minutes),
    ]


def open_door(host: str, port: int) -> socket.socket:
    """A listening socket. Raises `click.ClickException` that says what to do where there can be none."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        door = socket.socket(family, kind, protocol)
    except OSError as fault:
        words = _("{host} is no address of this machine ({why}).")
        raise click.ClickException(words.format(host=host, why=fault.strerror)) from fault
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
        door.listen(WAITING_MOST)
    except OSError as fault:
        door.close()
        raise click.ClickException(_why_no_door(fault, host, port)) from fault
    return door


def _why_no_door(fault: OSError, host: str, port: int) -> str:
    if fault.errno == errno.EADDRINUSE:
        words = _(
            "Port {port} is in use. Does Colibri run already? Stop it, or choose another port with --port."
        )
    elif fault.errno == errno.EACCES:
        words = _(
            "Port {port} is kept for the system's administrator: choose one above 1023 with --port, "
            "behind a proxy."
        )
    else:
        words = _("{host} is no address of this machine ({why}).")
    return words.format(host=host, port=port, why=fault.strerror)
