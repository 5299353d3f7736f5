"""`colibri simulate --out DIR`: replays weeks, tells figures in the terminal, in a table and on a page."""

import csv
import json
import sys
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

import click
import django
from django.apps import apps
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from colibri.compute.simulation import (
    POLICIES,
    Course,
    Policy,
    Summary,
    World,
    fair_week,
    imagined,
    replay,
    summary,
    with_arrivals,
)
from colibri.config.plan.files import BadInput, read_inputs
from colibri.config.reports import number
from colibri.config.simulate.report import names, report_page
from colibri.config.starting import language_wanted

__all__ = ["SIZES", "simulate"]

SIZES = {
    "small": {"relays": 200, "follows": 60_000, "arrivals": 400},
    "collective": {"relays": 2_000, "follows": 700_000, "arrivals": 800},
}


@click.command("simulate")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for the figures.")
@click.option("--size", type=click.Choice(list(SIZES)), default="small", show_default=True)
@click.option(
    "--from", "source", type=click.Path(path_type=Path), help="Relays, follows and appeals of these tables."
)
@click.option("--arrivals", type=click.IntRange(min=1), help="Appeals that arrive, instead of the size's.")
@click.option("--weeks", type=click.IntRange(1, 104), default=12, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--language", type=click.Choice(["fr", "en"]), help="Of the page; else the terminal's.")
def simulate(
    out: Path,
    size: str,
    source: Path | None,
    arrivals: int | None,
    weeks: int,
    seed: int,
    as_json: bool,
    language: str | None,
) -> None:
    """Replay weeks of a collective under the plan and under other ways of boosting.

    Writes simulation.csv, a line for each way, and simulation.html, which tells what was assumed.
    """
    if not apps.ready:  # translations need the applications
        django.setup()
    with translation.override(language or language_wanted()):
        try:
            out.mkdir(parents=True, exist_ok=True)
            world = _world(size, source, arrivals, weeks, seed)
            courses = _played(world, seed, quiet=as_json)
            fair = fair_week(courses["random"])
            told = {name: summary(world, course, fair=fair) for name, course in courses.items()}
            _write(out, world, courses, told, weeks)
        except BadInput as error:
            raise click.ClickException(str(error)) from error
        except ValueError as error:
            raise click.ClickException(_("This cannot be replayed: %(why)s") % {"why": error}) from error
        except OSError as error:
            words = {"file": error.filename or out, "why": error.strerror}
            raise click.ClickException(_("%(file)s cannot be used: %(why)s") % words) from error
        if as_json:
            click.echo(json.dumps({name: asdict(one) for name, one in told.items()} | {"out": str(out)}))
        else:
            _tell(told, out)


def _world(size: str, source: Path | None, arrivals: int | None, weeks: int, seed: int) -> World:
    sizes = SIZES[size] | ({"arrivals": arrivals} if arrivals else {})
    if source is None:
        return imagined(**sizes, weeks=weeks, seed=seed)
    return with_arrivals(read_inputs(source).problem, arrivals=sizes["arrivals"], weeks=weeks, seed=seed)


def _policies() -> dict[str, Policy]:
    if find_spec("ortools") is None:
        left_out = _("Min-cost flow is left out: it needs OR-tools (pip install 'colibri[simulate]').")
        click.echo(left_out, err=True)
        return POLICIES
    return POLICIES | {"min_cost_flow": import_string("colibri.compute.simulation.flow.FLOW")}


def _played(world: World, seed: int, *, quiet: bool) -> dict[str, Course]:
    policies, words = _policies(), names()
    columns = TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn()
    hidden = quiet or not sys.stderr.isatty()
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=hidden) as bar:
        task = bar.add_task("", total=len(policies) * world.days)
        courses = {}
        for name, policy in policies.items():
            bar.update(task, description=words[name])
            courses[name] = replay(world, policy, seed=seed, progress=lambda day: bar.advance(task))
    return courses


def _write(out: Path, world: World, courses: dict[str, Course], told: dict[str, Summary], weeks: int) -> None:
    page = report_page(world, courses, told, weeks)
    with (out / "simulation.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["policy", *next(iter(told.values())).__dataclass_fields__])
        writer.writerows([name, *asdict(one).values()] for name, one in told.items())
    (out / "simulation.html").write_text(page, encoding="utf-8")


def _tell(told: dict[str, Summary], out: Path) -> None:
    words = names()
    plan, alone = told["plan"], told["unaided"]
    click.echo(
        _(
            "Seen least: visibility %(least)s a day, against %(unaided)s where everyone boosts whom they "
            "see first."
        )
        % {"least": number(plan.least, 2), "unaided": number(alone.least, 2)}
    )
    click.echo(
        _(
            "The tenth that waits longest has as much as a fair week brings after %(plan)s days, "
            "against %(unaided)s."
        )
        % {"plan": number(plan.wait_worst, 1), "unaided": number(alone.wait_worst, 1)}
    )
    top = max(told, key=lambda name: told[name].total)
    click.echo(
        _("In total the plan gives %(share)s %% of what the most generous way does (%(name)s).")
        % {"share": number(100 * plan.total / (told[top].total or 1.0), 1), "name": words[top]}
    )
    click.echo(_("The figures: %(path)s") % {"path": out / "simulation.html"})
