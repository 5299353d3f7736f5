"""`colibri read [FILE]`: what is understood of each text, one line of JSON each."""

import json
from collections.abc import Iterator
from typing import BinaryIO

import click
from django.utils.translation import gettext as _

from colibri.compute.reading import CONTRACTS, Reader

__all__ = ["read"]


@click.command("read")
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--tag", "tags", multiple=True, help="A hashtag that announces a search; may be repeated.")
@click.option(
    "--accept",
    "accepted",
    multiple=True,
    type=click.Choice(CONTRACTS),
    help="A contract that is relayed; may be repeated. Without any, all are.",
)
def read(file: BinaryIO, tags: tuple[str, ...], accepted: tuple[str, ...]) -> None:
    """Read texts, one on each line, from FILE or from standard input.

    A line is a text as it stands, or JSON: a string, or an object with "text" and perhaps "language" and
    "id". What is understood is printed as one line of JSON for each, with its id.
    """
    reader = Reader.load()
    for number, text, language, identity in _texts(file):
        reading = reader.read(text, language, seeker_tags=tags, accepted=accepted or None)
        told = {"line": number} if identity is None else {"id": identity}
        click.echo(json.dumps(told | reading.to_dict(), ensure_ascii=False))


def _texts(file: BinaryIO) -> Iterator[tuple[int, str, str, str | int | None]]:
    """The texts of a file with their line, language and id. Blank lines are passed over."""
    for number, raw in enumerate(file, 1):
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        except UnicodeDecodeError as fault:
            raise _unreadable(
                number, _("it is not UTF-8; save the file as UTF-8 and read it again")
            ) from fault
        if not line:
            continue
        if line[0] not in '{"':
            yield number, line, "", None
            continue
        try:
            item = json.loads(line)
        except (ValueError, RecursionError) as fault:
            words = _("it begins as JSON and is none ({why}); write the whole item on one line")
            raise _unreadable(number, words.format(why=fault)) from fault
        yield number, *_item(number, item)


def _item(number: int, item: object) -> tuple[str, str, str | int | None]:
    if isinstance(item, str):
        return item, "", None
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        raise _unreadable(number, _("an item needs “text”, which is a string"))
    language, identity = item.get("language", ""), item.get("id")
    if not isinstance(language, str):
        raise _unreadable(number, _("“language” is a code such as fr or en"))
    if identity is not None and (isinstance(identity, bool) or not isinstance(identity, str | int)):
        raise _unreadable(number, _("“id” is a string or a whole number"))
    return item["text"], language, identity


def _unreadable(number: int, why: str) -> click.ClickException:
    return click.ClickException(_("Line {number} cannot be read: {why}.").format(number=number, why=why))
