"""`colibri demo-day`: the demonstration's day inside its own surroundings; `colibri demo` starts it."""

import json
import os
from typing import Any

import click
from django.conf import settings
from django.core.management import call_command
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from colibri.appeals.models import Appeal
from colibri.config.demo.people import SIZES
from colibri.config.demo.stage import Demo, people_to_try
from colibri.home.queries import better_at_most

__all__ = ["demo_day"]

STEPS = {
    "people": gettext_lazy("Imagining people and what they lend"),
    "posts": gettext_lazy("Posts come in and are read"),
    "answers": gettext_lazy("Their authors answer, the animator accepts"),
    "audiences": gettext_lazy("Reading who follows the relays, as hashes alone"),
    "plan": gettext_lazy("Planning who relays whom"),
    "evening": gettext_lazy("The evening: mails, taps, boosts"),
}


PROCESSES = {"small": 1, "collective": 2}

KINDS = {
    "animator": gettext_lazy("animator"),
    "operator": gettext_lazy("operator"),
    "relay": gettext_lazy("relay"),
    "seeker": gettext_lazy("seeker"),
    "helper": gettext_lazy("helper"),
}


@click.command
@click.option("--size", type=click.Choice(list(SIZES)), default="small")
@click.option("--json", "as_json", is_flag=True)
@click.option("--links", is_flag=True, help="Print a link that logs in as each kind of person.")
def demo_day(size: str, as_json: bool, links: bool) -> None:
    """Run the day on the network of COLIBRI_DEMO_NETWORK and print its figures."""
    if not settings.DEMO:
        raise click.ClickException(_("This belongs to the demonstration: run `colibri demo`."))
    call_command("migrate", run_syncdb=True, verbosity=0)
    console = Console(stderr=True)
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=console) as progress:
        running: list[Any] = []

        def say(step: str) -> None:
            for task in running:
                progress.update(task, completed=1, total=1)
            running.append(progress.add_task(str(STEPS[step]), total=None))

        day = Demo(os.environ["COLIBRI_DEMO_NETWORK"], size, say, processes=PROCESSES[size])
        day.set_up()
        figures = day.run_day()
        progress.update(running[-1], completed=1, total=1)
    click.echo(json.dumps(figures) if as_json else summary(figures))
    if links:
        click.echo("\n" + _("Log in as…"))
        width = max(len(str(words)) for words in KINDS.values())
        for kind, link in people_to_try(day.collective, settings.SITE_URL).items():
            click.echo(f"  {KINDS[kind]!s:<{width}} {link}")
        click.echo("\n  " + _("Mails are kept in {folder}").format(folder=settings.EMAIL_FILE_PATH))
        click.echo(f"\n  {settings.SITE_URL}\n")


def summary(figures: dict[str, Any]) -> str:
    """The day in a few lines a person reads."""
    unaided = figures["unaided"]
    reasons = dict(Appeal.REFUSALS)
    refused = ", ".join(f"{reasons[why]} {count}" for why, count in sorted(figures["refused"].items())) or "0"
    lines = [
        _(
            "Messages read: {appeals_read}. Accepted: {accepted}. Not relayed: {refused}. "
            "Left to the animator: {waiting}."
        ),
        _(
            "Boosts planned: {boosts_planned}. Given: {boosts_given}, "
            "of which {boosts_retried} on a further try. "
            "Failed: {boosts_failed}. Ended before: {boosts_ended}. Declined: {boosts_declined}."
        ),
        _(
            "Distinct people who could have seen at least one: {reach_distinct}. "
            "Nothing is known of {share} %."
        ),
        _(
            "Visibility of the least seen: {visibility_least}, against {unaided_least} where everyone boosts "
            "whom they see first; "
            "of the middle one: {visibility_median}, against {unaided_median}."
        ),
        _("Certificate: no plan could give more than {room} % more visibility to everybody on average."),
        _("The day took {seconds} s."),
    ]
    words = {
        **figures,
        "refused": refused,
        "share": round(100 * figures["reach_unknown_share"]),
        "unaided_least": unaided["visibility_least"],
        "unaided_median": unaided["visibility_median"],
        "room": better_at_most(figures["ratio"] or 1.0),
    }
    said = {name: localize(value) for name, value in words.items()}
    return "\n".join(line.format(**said) for line in lines)
