"""Before a command meets the rows: the database writable and up to date, for every command alike."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from colibri.config.database import DatabaseProblem, bring_up_to_date, pending_migrations, probe_writing

__all__ = ["prepare", "prepared", "refuse_unprepared"]

Taken = ParamSpec("Taken")
Given = TypeVar("Given")


def prepare() -> None:
    """The database, writable and up to date. Raises `click.ClickException`."""
    try:
        probe_writing()
        pending = pending_migrations()
        if pending:
            words = ngettext(
                "Bringing the database up to date: {number} step…",
                "Bringing the database up to date: {number} steps…",
                len(pending),
            )
            click.echo(words.format(number=len(pending)), err=True)
            bring_up_to_date()
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    except DatabaseProblem as fault:
        raise click.ClickException(str(fault)) from fault
    except OSError as fault:
        words = _("{file} cannot be written ({why}).")
        raise click.ClickException(words.format(file=fault.filename, why=fault.strerror)) from fault


def prepared(command: Callable[Taken, Given]) -> Callable[Taken, Given]:
    """A command that finds the database up to date; its `--help` touches nothing."""

    @wraps(command)
    def on_rows(*words: Taken.args, **options: Taken.kwargs) -> Given:
        prepare()
        return command(*words, **options)

    return on_rows


def refuse_unprepared() -> None:
    """Raises `click.ClickException` where the database is not up to date: here several start at once."""
    try:
        pending = pending_migrations()
    except DatabaseProblem as fault:
        raise click.ClickException(str(fault)) from fault
    if pending:
        raise click.ClickException(_("The database is not up to date yet: run colibri migrate."))
