"""`colibri corrections`: what people agreed to have kept of readings they corrected, as JSON lines."""

import json

import click

from colibri.appeals.models import Correction

__all__ = ["corrections"]


@click.command("corrections")
def corrections() -> None:
    """Print readings their authors confirmed or corrected, and agreed to have kept, one line of JSON each.

    "text" is their message without names, links and personal data; "kind", "wanted", "places" and
    "occupations" are the right answers, "read" what had been understood. Whoever withdraws their yes is
    gone from the next output: delete older ones.
    """
    for kept in Correction.objects.iterator():
        told = {"text": kept.text, **kept.right, "read": kept.read}
        click.echo(json.dumps(told, ensure_ascii=False))
