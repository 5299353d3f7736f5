"""`colibri plan`: from tables in a folder to a plan, its figures and its report, without any server."""

import csv
import math
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from colibri.compute.classes import RelevanceTable, relevance
from colibri.compute.engagement import attention, engagement
from colibri.compute.planning import Plan, Problem, evaluate, solve, unaided
from colibri.config.plan.circles import Circles, InTurn, in_turn, read_boosts
from colibri.config.plan.report import Figures, report_page
from colibri.config.plan.shortfall import why_short
from colibri.config.plan.tables import BadInput, Row, read_follows, read_rows

__all__ = ["BadInput", "Inputs", "plan_directory", "read_inputs"]

BUDGET_USUAL = 3
PRIOR_USUAL = 1.0
PRIOR_MOST = 1e12
RELAY_COLUMNS = ("budget", "attention", "interactions", "posts", "followers")
APPEAL_COLUMNS = ("cap", "minimum", "prior", "family", "region")

Pairs = tuple[NDArray[np.int32], NDArray[np.int32]]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a folder holds: the problem, the names behind its numbers, past boosts, columns left unread."""

    problem: Problem
    relays: list[str]
    appeals: list[str]
    circles: Circles | None
    ignored: list[str]


def plan_directory(
    source: Path,
    out: Path,
    *,
    seed: int = 0,
    member_cap: int | None = None,
    alpha: float = 1.0,
    planner: Callable[..., Plan] = solve,
    progress: Callable[[str], None] = lambda step: None,
) -> dict[str, Any]:
    """Plan from the tables in `source`, write plan.csv, visibility.csv and report.html to `out`; the figures.

    `planner` makes the plan of a problem by a seed. `progress` is told each step as it begins: "reading",
    "planning", "comparing", "writing". Raises BadInput where a table cannot be used, before anything is
    written; the three files are put in place only when all are complete.
    """
    if out.exists() and not out.is_dir():
        raise BadInput(out, 0, _("exists and is not a folder"))
    progress("reading")
    inputs = read_inputs(source, member_cap=member_cap, alpha=alpha)
    progress("planning")
    plan = planner(inputs.problem, seed=seed)
    progress("comparing")
    alone = unaided(inputs.problem, seed=seed)
    figures = _figures(inputs, plan, alone, seed)
    progress("writing")
    page = report_page(figures)
    _write(out, {
        "plan.csv": lambda path: _write_plan(path, inputs, plan),
        "visibility.csv": lambda path: _write_visibility(path, inputs, plan, figures),
        "report.html": lambda path: path.write_text(page, encoding="utf-8"),
    })  # fmt: skip
    return _summary(inputs, plan, figures, alone) | {"seed": seed, "out": str(out)}


def read_inputs(source: Path, *, member_cap: int | None = None, alpha: float = 1.0) -> Inputs:
    """The problem in a folder: relays.csv, appeals.csv, follows.csv or follows.parquet, perhaps allowed.csv
    and boosts.csv.

    Raises BadInput, which names the file and line.
    """
    if not source.is_dir():
        raise BadInput(source, 0, _("is not a folder"))
    relay_rows, ignored = read_rows(source / "relays.csv", ("id",), RELAY_COLUMNS)
    relays = _names(relay_rows)
    appeal_rows, more = read_rows(source / "appeals.csv", ("id",), APPEAL_COLUMNS)
    appeals = _names(appeal_rows)
    for name, rows in (("relays.csv", relay_rows), ("appeals.csv", appeal_rows)):
        if not rows:
            raise BadInput(source / name, 0, _("holds no line beside its header"))
    budget = np.array([row.count("budget", BUDGET_USUAL) for row in relay_rows], dtype=np.int32)
    appeal_cap = np.array([row.count("cap", len(relays)) for row in appeal_rows], dtype=np.int32)
    minimum = np.array([row.count("minimum", 0) for row in appeal_rows], dtype=np.int32)
    prior = np.array([row.number("prior", PRIOR_USUAL, most=PRIOR_MOST) for row in appeal_rows])
    _attention(relay_rows, np.zeros(len(relays), dtype=np.int64))  # says what is wrong before the long read
    follows = read_follows(_follows_file(source), relays)
    table = relevance(
        RelevanceTable(), [row.family() for row in appeal_rows], [row.region() for row in appeal_rows]
    )
    allowed = None
    if (source / "allowed.csv").exists():
        allowed = _allowed(source / "allowed.csv", relays, appeals)
    problem = Problem(
        audience_start=follows.start, audience_member=follows.member, member_class=follows.member_class,
        relevance=table, attention=_attention(relay_rows, np.diff(follows.start)),
        budget=budget, appeal_cap=appeal_cap, prior=prior,
        allowed=allowed, member_cap=member_cap, minimum=minimum, alpha=alpha, block=follows.block,
    )  # fmt: skip
    circles = read_boosts(source / "boosts.csv", relays)
    return Inputs(problem, relays, appeals, circles, ignored + more + follows.ignored)


def _follows_file(source: Path) -> Path:
    found = [source / name for name in ("follows.csv", "follows.parquet") if (source / name).exists()]
    if len(found) != 1:
        what = _("holds both follows.csv and follows.parquet: keep one") if found else _(
            "holds neither follows.csv nor follows.parquet"
        )  # fmt: skip
        raise BadInput(source, 0, what)
    return found[0]


def _names(rows: Iterable[Row]) -> list[str]:
    lines: dict[str, int] = {}
    for row in rows:
        name = row.text("id")
        if name in lines:
            words = {"id": name[:40], "line": lines[name]}
            raise row.bad(_("id “%(id)s” stands already on line %(line)d") % words)
        lines[name] = row.line
    return list(lines)


def _attention(rows: Sequence[Row], audience: NDArray[np.int64]) -> NDArray[np.float32]:
    """As written; else from interactions and posts where those are given; else the usual chance."""
    columns = [
        [row.number("interactions", 0.0) for row in rows],
        [row.number("posts", 0.0) for row in rows],
        [row.number("followers", float(count)) for row, count in zip(rows, audience, strict=True)],
    ]
    measured = engagement(*columns)
    chances = attention(measured.rate, measured.mean)
    return np.array(
        [row.number("attention", float(chance), most=1.0) for row, chance in zip(rows, chances, strict=True)],
        dtype=np.float32,
    )


def _allowed(
    path: Path, relays: Sequence[str], appeals: Sequence[str]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Only the pairs this table lists may be planned."""
    relay_number = {name: number for number, name in enumerate(relays)}
    appeal_number = {name: number for number, name in enumerate(appeals)}
    pairs: dict[tuple[int, int], int] = {}
    for row in read_rows(path, ("relay", "appeal"), ())[0]:
        names = row.text("relay"), row.text("appeal")
        if names[0] not in relay_number:
            raise row.bad(_("relay “%(relay)s” is not in relays.csv") % {"relay": names[0][:40]})
        if names[1] not in appeal_number:
            raise row.bad(_("appeal “%(appeal)s” is not in appeals.csv") % {"appeal": names[1][:40]})
        pair = relay_number[names[0]], appeal_number[names[1]]
        if pair in pairs:
            raise row.bad(_("this pair stands already on line %(line)d") % {"line": pairs[pair]})
        pairs[pair] = row.line
    ordered = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    start = np.zeros(len(relays) + 1, dtype=np.int64)
    np.cumsum(np.bincount(ordered[:, 0], minlength=len(relays)), out=start[1:])
    return start, ordered[:, 1].astype(np.int32)


def _figures(inputs: Inputs, plan: Plan, alone: Pairs, seed: int) -> Figures:
    problem = inputs.problem

    def turned(pairs: Pairs) -> InTurn | None:
        return in_turn(inputs.circles, pairs, problem.appeals, seed=seed) if inputs.circles else None

    reach, shown = _reach(problem, plan.relay, plan.appeal)
    members, unknown = _people(problem)
    return Figures(
        appeals=inputs.appeals,
        prior=problem.prior,
        planned=plan.visibility,
        unaided=evaluate(problem, *alone),
        boosts=np.bincount(plan.appeal, minlength=problem.appeals),
        reach=reach,
        reach_unaided=_reach(problem, *alone)[0],
        shown=shown[shown > 0],
        member_cap=problem.member_cap,
        carried=plan.carried,
        capped=problem.appeal_cap == 0,
        offered=np.minimum(problem.budget, problem.appeals).astype(np.int64),
        given=np.bincount(plan.relay, minlength=problem.relays),
        members=members,
        follows=int(problem.audience_member.size),
        unknown=unknown,
        ratio=plan.ratio,
        in_turn=turned((plan.relay, plan.appeal)),
        in_turn_unaided=turned(alone),
    )


def _people(problem: Problem) -> tuple[int, int]:
    """How many follow a relay, and of how many of them neither trade nor region is known."""
    follows = np.zeros(problem.members, dtype=np.bool_)
    follows[problem.audience_member] = True
    return int(np.count_nonzero(follows)), int(np.count_nonzero(follows & (problem.member_class == 0)))


def _reach(
    problem: Problem, relay: NDArray[np.int32], appeal: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Distinct members who could see each appeal, and distinct appeals each member is shown."""
    reached = np.zeros(problem.appeals, dtype=np.int64)
    shown = np.zeros(problem.members, dtype=np.int64)
    for wanted in np.unique(appeal):
        seen = np.zeros(problem.members, dtype=np.bool_)
        for carrier in relay[appeal == wanted]:
            seen[problem.audience(int(carrier))] = True
        reached[wanted] = np.count_nonzero(seen)
        shown += seen
    return reached, shown


def _reach_of_all(problem: Problem, relay: NDArray[np.int32]) -> int:
    seen = np.zeros(problem.members, dtype=np.bool_)
    for carrier in np.unique(relay):
        seen[problem.audience(int(carrier))] = True
    return int(np.count_nonzero(seen))


def _summary(inputs: Inputs, plan: Plan, figures: Figures, alone: Pairs) -> dict[str, Any]:
    gain = plan.visibility - inputs.problem.prior
    return {
        "relays": len(inputs.relays),
        "appeals": len(inputs.appeals),
        "members": figures.members,
        "follows": figures.follows,
        "members_unknown": figures.unknown,
        "boosts_offered": int(figures.offered.sum()),
        "boosts_planned": int(plan.relay.size),
        "reach_distinct": _reach_of_all(inputs.problem, plan.relay),
        "shown_most": int(figures.shown.max(initial=0)),
        "shown_median": float(np.median(figures.shown)) if figures.shown.size else 0.0,
        "visibility_least": float(plan.visibility.min()),
        "visibility_median": float(np.median(plan.visibility)),
        "visibility_geometric_mean": float(np.exp(np.mean(np.log(plan.visibility)))),
        "gain_least": float(gain.min()),
        "gain_median": float(np.median(gain)),
        "unaided": {
            "boosts_given": int(alone[0].size),
            "reach_distinct": _reach_of_all(inputs.problem, alone[0]),
            "visibility_least": float(figures.unaided.min()),
            "visibility_median": float(np.median(figures.unaided)),
        },
        "objective": plan.objective,
        "bound": plan.bound,
        "ratio": plan.ratio,
        "not_served": [
            name for name, boosts in zip(inputs.appeals, figures.boosts, strict=True) if not boosts
        ],
        "alpha": inputs.problem.alpha if math.isfinite(inputs.problem.alpha) else "inf",
        "short_of_minimum": [
            {"appeal": inputs.appeals[one.appeal], "why": why_short(one)}
            | {name: getattr(one, name) for name in ("wanted", "given")}
            for one in plan.short
        ],
        "ignored_columns": inputs.ignored,
        "boosts_in_turn": _told(figures.in_turn) | {"unaided": _told(figures.in_turn_unaided)}
        if figures.in_turn and figures.in_turn_unaided
        else None,
    }


def _told(turned: InTurn) -> dict[str, Any]:
    return {name: float(getattr(turned, name).mean()) for name in ("mean", "low", "high")}


def _write_plan(path: Path, inputs: Inputs, plan: Plan) -> None:
    audience = np.diff(inputs.problem.audience_start)
    _write_table(path, ("relay", "appeal", "audience", "attention"), (
        (inputs.relays[relay], inputs.appeals[appeal], int(audience[relay]),
         f"{float(inputs.problem.attention[relay]):.4f}")
        for relay, appeal in zip(plan.relay.tolist(), plan.appeal.tolist(), strict=True)
    ))  # fmt: skip


def _write_visibility(path: Path, inputs: Inputs, plan: Plan, figures: Figures) -> None:
    columns = ["appeal", "prior", "visibility", "boosts", "reach_distinct", "visibility_unaided"]
    turned = [figures.in_turn.mean, figures.in_turn.low, figures.in_turn.high] if figures.in_turn else []
    _write_table(path, columns + ["in_turn", "in_turn_low", "in_turn_high"][: len(turned)], (
        (name, f"{figures.prior[row]:.4f}", f"{plan.visibility[row]:.4f}", int(figures.boosts[row]),
         int(figures.reach[row]), f"{figures.unaided[row]:.4f}", *(f"{one[row]:.3f}" for one in turned))
        for row, name in enumerate(inputs.appeals)
    ))  # fmt: skip


def _write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


def _write(out: Path, files: dict[str, Callable[[Path], object]]) -> None:
    """Make all files in a folder beside `out`, then move each into place."""
    place = out.absolute()
    place.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    try:
        for name, write in files.items():
            write(making / name)
        if place.exists():
            for name in files:
                os.replace(making / name, place / name)
        else:
            making.chmod(0o755)
            os.replace(making, place)
    finally:
        shutil.rmtree(making, ignore_errors=True)
