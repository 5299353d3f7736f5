"""`colibri plan DIR --out DIR`: the plan of a day from tables, without any server."""

import json
import math
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click
import django
from django.apps import apps
from django.utils import translation
from django.utils.formats import number_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from colibri.compute.planning import Plan, Problem, solve
from colibri.config.plan.files import plan_directory
from colibri.config.plan.tables import BadInput
from colibri.config.starting import language_wanted

__all__ = ["plan"]

STEPS = 4


@click.command("plan")
@click.argument("source", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="Folder for the plan and its report."
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Orders the improvement."
)
@click.option("--member-cap", type=click.IntRange(min=0), help="Most appeals shown to one follower.")
@click.option(
    "--alpha",
    type=click.FloatRange(min=0),
    default=1.0,
    show_default=True,
    help="How fair: 0 the most in total, 1 proportionally fair, inf the least seen first.",
)
@click.option("--workers", type=click.IntRange(min=2), help="Plan in so many parts, on a Ray cluster.")
@click.option("--language", type=click.Choice(["fr", "en"]), help="Of the report; else the terminal's.")
def plan(
    source: Path,
    out: Path,
    as_json: bool,
    seed: int,
    member_cap: int | None,
    alpha: float,
    workers: int | None,
    language: str | None,
) -> None:
    """Plan who relays whom from relays.csv, follows.csv (or .parquet) and appeals.csv in DIR.

    Writes plan.csv, visibility.csv and report.html, which says how far the plan can be from the best.
    """
    if math.isnan(alpha):
        raise click.BadParameter("nan is not a number.", param_hint="--alpha")
    if not apps.ready:  # translations need the applications
        django.setup()
    with translation.override(language or language_wanted()):
        try:
            planner = _planner(workers)
            figures = _plan(source, out, seed, member_cap, alpha, planner, quiet=as_json)
        except BadInput as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            words = {"file": error.filename or out, "why": error.strerror}
            raise click.ClickException(_("%(file)s cannot be used: %(why)s") % words) from error
        if as_json:
            click.echo(json.dumps(figures))
        else:
            _tell(figures)


def _planner(workers: int | None) -> Callable[..., Plan]:
    if workers is None:
        return solve
    if find_spec("ray") is None:
        raise click.ClickException(_("--workers needs Ray: pip install 'colibri[cluster]'."))
    solve_cluster: Callable[..., Plan] = import_string("colibri.config.plan.cluster.solve_cluster")

    def planned(problem: Problem, *, seed: int) -> Plan:
        if problem.minimum is not None and problem.minimum.any():
            words = _(
                "In parts no minimum is kept: empty that column of appeals.csv, or leave out --workers."
            )
            raise click.ClickException(words)
        if problem.member_cap is not None and problem.member_cap < workers:
            words = _("--member-cap has to be at least --workers: each part gets its share of it.")
            raise click.ClickException(words)
        return solve_cluster(problem, workers)

    return planned


def _plan(
    source: Path,
    out: Path,
    seed: int,
    member_cap: int | None,
    alpha: float,
    planner: Callable[..., Plan],
    *,
    quiet: bool,
) -> dict[str, Any]:
    names = {
        "reading": _("Reading the tables"),
        "planning": _("Planning"),
        "comparing": _("Comparing with no plan"),
        "writing": _("Writing the report"),
    }
    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    hidden = quiet or not sys.stderr.isatty()
    began = time.monotonic()
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=hidden) as bar:
        task = bar.add_task(names["reading"], total=STEPS)
        done = iter(range(STEPS))
        figures = plan_directory(
            source, out, seed=seed, member_cap=member_cap, alpha=alpha, planner=planner,
            progress=lambda step: bar.update(task, description=names[step], completed=next(done)),
        )  # fmt: skip
    return figures | {"seconds": round(time.monotonic() - began, 3)}


def _tell(figures: dict[str, Any]) -> None:
    unaided = figures["unaided"]
    planned = ngettext(
        "%(planned)d boost planned of %(offered)d offered",
        "%(planned)d boosts planned of %(offered)d offered",
        figures["boosts_planned"],
    )
    messages = ngettext("for %(appeals)d message.", "for %(appeals)d messages.", figures["appeals"])
    words = {
        "planned": figures["boosts_planned"],
        "offered": figures["boosts_offered"],
        "appeals": figures["appeals"],
    }
    click.echo(f"{planned % words}, {messages % words}")
    click.echo(
        _("The message seen least: visibility %(planned)s (without a plan: %(unaided)s).")
        % {
            "planned": number_format(round(figures["visibility_least"], 2), 2),
            "unaided": number_format(round(unaided["visibility_least"], 2), 2),
        }
    )
    click.echo(
        _("Proven: at least %(ratio)s %% of the best possible plan.")
        % {"ratio": number_format(int(figures["ratio"] * 1000) / 10, 1)}
    )
    for short in figures["short_of_minimum"]:
        sentence = _("%(name)s has %(given)d of the %(wanted)d boosts asked for.")
        told = {"name": short["appeal"], "given": short["given"], "wanted": short["wanted"]}
        click.echo(f"{sentence % told} {short['why']}")
    if figures["ignored_columns"]:
        click.echo(_("Columns not used: %(names)s.") % {"names": ", ".join(figures["ignored_columns"])})
    click.echo(_("The report: %(path)s") % {"path": Path(figures["out"]) / "report.html"})
