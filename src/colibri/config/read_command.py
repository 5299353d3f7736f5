"""`colibri read [FILE]`: what is understood of each text, one line of JSON each."""

import json
from typing import BinaryIO

import click

from colibri.appeals.words import told_of_line
from colibri.compute.reading import CONTRACTS, Reader
from colibri.compute.reading.lines import UnreadableLine, read_lines

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
    try:
        for told in read_lines(Reader.load(), file, seeker_tags=tags, accepted=accepted):
            click.echo(json.dumps(told, ensure_ascii=False))
    except UnreadableLine as fault:
        raise click.ClickException(told_of_line(fault)) from fault
