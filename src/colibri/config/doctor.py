"""`colibri doctor`: looks at everything an installation needs and says how to mend what is wrong."""

import json
import sys
from collections.abc import Callable, Iterable, Set
from contextlib import nullcontext

import click
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from rich.console import Console

from colibri.config.findings import Finding
from colibri.config.starting import CannotStart, set_up

__all__ = ["doctor", "examine"]

MARKS = {"good": "✓", "warning": "!", "broken": "✗", "skipped": "–"}
COLOURS = {"good": "green", "warning": "yellow", "broken": "red", "skipped": "white"}

Check = Callable[[], Iterable[Finding]]


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.option("--offline", is_flag=True, help="Ask no network and no mail server.")
def doctor(as_json: bool, offline: bool) -> None:
    """Check the installation and say how to mend each fault; ends with 1 where something is broken."""
    try:
        set_up()
    except CannotStart as fault:
        found = [Finding("settings", "broken", str(fault))]
    else:
        checks: dict[str, Check] = import_string("colibri.config.checks.CHECKS")
        far: set[str] = import_string("colibri.config.checks.FAR")
        on_rows: set[str] = import_string("colibri.config.checks.ON_ROWS")
        wanted = {name: check for name, check in checks.items() if not (offline and name in far)}
        with Console(stderr=True).status(_("Looking…")) if _watched(as_json) else nullcontext():
            found = examine(wanted, on_rows)
    if as_json:
        click.echo(json.dumps([one.to_dict() for one in found], ensure_ascii=False))
    else:
        _tell(found)
    if any(one.state == "broken" for one in found):
        raise click.exceptions.Exit(1)


def examine(checks: dict[str, Check], on_rows: Set[str] = frozenset()) -> list[Finding]:
    """What every check finds, in order; a check that fails is itself a finding.

    Those of `on_rows` are skipped, and said to be, where the database was found broken before them.
    """
    found: list[Finding] = []
    for name, check in checks.items():
        if name in on_rows and any(one.check == "database" and one.state == "broken" for one in found):
            words = _("Not looked at, since the database is not as it should be: {check}.")
            found.append(Finding(name, "skipped", words.format(check=name)))
            continue
        try:
            found += check()
        except Exception as fault:  # noqa: BLE001 the doctor is called when anything may be wrong
            words = _("This could not be checked: {why}").format(why=f"{type(fault).__name__}: {fault}")
            found.append(Finding(name, "broken", words))
    return found


def _tell(found: list[Finding]) -> None:
    for one in found:
        mark = click.style(MARKS[one.state], fg=COLOURS[one.state], bold=True)
        click.echo(f"{mark} {one.says}")
        if one.mend:
            click.echo(f"    → {one.mend}")


def _watched(as_json: bool) -> bool:
    return not as_json and sys.stderr.isatty()
