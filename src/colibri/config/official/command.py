"""`colibri data update` and `colibri data status`."""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

from colibri.config.official.fetching import fetch_file
from colibri.config.official.words import say
from colibri.config.reports import number
from colibri.networks.errors import NetworkError
from colibri.reference.official import SOURCES, Damaged, Source, Store, Unusable, read_source, version_of

__all__ = ["data", "store"]


def store() -> Store:
    """Where this installation keeps official data."""
    return Store(Path(settings.DATA_DIR) / "reference")


@click.group("data")
def data() -> None:
    """Official open data: ROME, ESCO, communes, districts, NAF. Colibri works without any of it."""


@data.command("update")
@click.argument("names", nargs=-1, type=click.Choice(list(SOURCES)))
@click.option("--from", "path", type=click.Path(path_type=Path), help="A file or folder instead of fetching.")
@click.option("--address", "addresses", multiple=True, metavar="NAME=URL", help="Fetch a source from there.")
@click.option("--sha256", "sums", multiple=True, metavar="NAME=HEX", help="What a fetched file must be.")
@click.option("--force", is_flag=True, help="Take it although it has far fewer rows than before.")
def update(
    names: tuple[str, ...], path: Path | None, addresses: tuple[str, ...], sums: tuple[str, ...], force: bool
) -> None:
    """Fetch and check sources, all or those named; each replaces its former version whole or not at all."""
    where, expected = _pairs(addresses, "--address"), _pairs(sums, "--sha256")
    failed = False
    for source in [SOURCES[name] for name in names or SOURCES]:
        address = where.get(source.name, source.address)
        if path is None and not address:
            click.echo(
                _("{title}: no lasting address. Fetch it from {page}, then give it with --from.").format(
                    title=source.title, page=source.page
                )
            )
            failed = failed or bool(names)
            continue
        try:
            found = path or _fetched(source, address, expected.get(source.name, ""))
            rows = read_source(source, found)
            told = store().keep(
                source, rows, force=force, version=version_of(found), read_at=timezone.now().isoformat()
            )
        except Unusable as fault:
            if path is not None and not names and fault.reason == "no_table":
                continue  # a folder need not hold every source
            failed = True
            click.echo(_("{title}: {why}").format(title=source.title, why=say(fault)), err=True)
        except (NetworkError, OSError) as fault:
            failed = True
            words = _("{title}: could not be fetched or kept ({why}). Run the command again to go on.")
            click.echo(words.format(title=source.title, why=fault), err=True)
        else:
            words = _("{title}: {rows} rows, version {version}")
            click.echo(words.format(title=source.title, rows=number(told.rows), version=told.version or "–"))
    if failed:
        click.echo(_("What could not be replaced is as it was."), err=True)
        sys.exit(1)


@data.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print a list as JSON.")
def status(as_json: bool) -> None:
    """Tell which sources are there: version, date, rows and size."""
    rows = [_told(source) for source in SOURCES.values()]
    if as_json:
        click.echo(json.dumps(rows))
        return
    for row in rows:
        if row["state"] == "absent":
            click.echo(_("{title}: not there; what only it tells is unknown").format(**row))
        elif row["state"] == "damaged":
            click.echo(_("{title}: damaged; run colibri data update {name}").format(**row))
        else:
            words = _("{title}: version {version}, read on {date}, {rows} rows, {size} kB")
            size = number(int(row["size"]) // 1000)
            shown = row | {"date": str(row["read_at"])[:10], "rows": number(int(row["rows"])), "size": size}
            click.echo(words.format(**shown | {"version": row["version"] or "–"}))


def _told(source: Source) -> dict[str, str | int]:
    row: dict[str, str | int] = {"name": source.name, "title": source.title, "page": source.page}
    try:
        held = store().held(source.name)
        whole = held is None or store().rows(source.name) is not None
    except (Damaged, OSError, ValueError, KeyError):
        return row | {"state": "damaged"}
    if held is None or not whole:
        return row | {"state": "absent"}
    row |= {"version": held.version, "read_at": held.read_at, "rows": held.rows, "size": held.size}
    return row | {"state": "there"}


def _pairs(given: Sequence[str], option: str) -> dict[str, str]:
    pairs = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or name not in SOURCES:
            words = _("{option} takes NAME=VALUE, where NAME is one of {names}")
            raise click.BadParameter(words.format(option=option, names=", ".join(SOURCES)))
        pairs[name] = value
    return pairs


def _fetched(source: Source, address: str, sha256: str) -> Path:
    suffix = Path(address.partition("?")[0]).suffix.lower()
    target = Path(settings.DATA_DIR) / "reference" / "fetched" / f"{source.name}{suffix or '.csv'}"
    columns = TextColumn("{task.description}"), BarColumn(), DownloadColumn()
    hidden = not sys.stderr.isatty()
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=hidden) as bar:
        task = bar.add_task(source.title, total=None)
        shown: Callable[[int, int | None], None] = lambda done, total: bar.update(  # noqa: E731
            task, completed=done, total=total
        )
        fetch_file(settings.GUARD, address, target, sha256=sha256, progress=shown)
    return target
