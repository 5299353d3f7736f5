"""The day's plan: due, solved, written; tried again where it could not be made."""

from collections import Counter
from contextlib import suppress
from datetime import date, datetime

import numpy as np
from django.db import transaction
from django.utils import timezone
from numpy.typing import NDArray

from colibri.common.states import WrongMove
from colibri.common.work import ring
from colibri.compute.planning import Plan as Solution
from colibri.compute.planning import evaluate, solve, unaided
from colibri.compute.reach import distinct
from colibri.networks.errors import NetworkError
from colibri.people.models import Collective
from colibri.relays.actions.board import Board, Held, lay_out
from colibri.relays.actions.revising import revise_plan
from colibri.relays.actions.rows import boosts_for, expire_leftovers, plan_digests
from colibri.relays.models import PLAN, Boost, Plan
from colibri.relays.queries import stuck_plan, willing_offers

__all__ = ["give_up_plan", "make_plan", "plan_day", "retry_plan"]


def plan_day(collective: Collective, day: date, *, now: datetime) -> Plan:
    """See to it that the collective has a plan for this day; one that was made stays as it is."""
    plan, _made = Plan.objects.get_or_create(
        collective=collective, day=day, defaults={"due_at": now, "seed": day.toordinal()}
    )
    if plan.state == "empty":
        with suppress(WrongMove):  # another clock was first
            PLAN.move(plan, "due", due_at=now)
    if plan.state == "due":
        ring(plan)
    return plan


def retry_plan(collective: Collective, *, now: datetime) -> None:
    """Try at once again to make a plan that could not be made so far."""
    stuck = stuck_plan(collective)
    if stuck is not None:
        Plan.objects.filter(pk=stuck.pk).update(due_at=now, attempts=0)
        ring(stuck)


def give_up_plan(plan: Plan, error: NetworkError) -> None:
    """Nothing was planned; the plan stays to be made, with what was wrong."""


def make_plan(plan: Plan) -> None:
    """Solve the day and write its boosts, all or none of them; one that was made is looked at again."""
    if plan.state == "solved":
        revise_plan(plan)
    if plan.state != "due":
        return
    moment = timezone.now()
    offers = willing_offers(plan.collective, plan.day)
    urgent = _solved(plan, lay_out(plan.collective, plan.day, offers, kind="cause", now=moment))
    held = _taken(*urgent) if urgent else Held()
    daily = _solved(plan, lay_out(plan.collective, plan.day, offers, held=held, now=moment))
    if urgent is None and daily is None:
        PLAN.move(plan, "empty", made_at=moment)
        return
    proven = daily[1] if daily else None
    with transaction.atomic():
        expire_leftovers(plan)
        PLAN.move(
            plan,
            "solved",
            made_at=moment,
            objective=proven and proven.objective,
            bound=proven and proven.bound,
            ratio=proven and proven.ratio,
            figures={**(_figures(*daily, plan.seed) if daily else {}), "causes": len(held.shown)},
        )
        for board, solution in filter(None, (urgent, daily)):
            Boost.objects.bulk_create(boosts_for(plan, board, solution, now=moment))
        plan_digests(plan, now=moment)


def _solved(plan: Plan, board: Board | None) -> tuple[Board, Solution] | None:
    return (board, solve(board.problem, seed=plan.seed)) if board is not None else None


def _taken(board: Board, solution: Solution) -> Held:
    """What the causes leave to the searches: boosts used up, and what readers are shown."""
    offers = [board.offers[relay] for relay in solution.relay.tolist()]
    appeals = [board.appeals[appeal] for appeal in solution.appeal.tolist()]
    shown = {(offer.identity_id, appeal) for offer, appeal in zip(offers, appeals, strict=True)}
    return Held(spent=Counter(offer.pk for offer in offers), shown=shown)


def _figures(board: Board, solution: Solution, seed: int) -> dict[str, object]:
    """What the plan brings beside "everyone boosts whom they see first", on the same day."""
    problem = board.problem
    relay, appeal = unaided(problem, seed=seed)
    return {
        "relays": problem.relays,
        "appeals": problem.appeals,
        "members": problem.members,
        "short": [{"appeal": board.appeals[one.appeal], "why": one.why} for one in solution.short],
        "unknown": int(np.count_nonzero(problem.member_class == 0)),
        "planned": _outcome(board, solution.relay, solution.visibility),
        "unaided": _outcome(board, relay, evaluate(problem, relay, appeal)),
    }


def _outcome(board: Board, relay: NDArray[np.int32], visibility: NDArray[np.float64]) -> dict[str, float]:
    gained = visibility - board.problem.prior
    return {
        "boosts": len(relay),
        "reach_distinct": distinct([board.audiences[number].members for number in set(relay.tolist())]),
        "visibility_least": round(float(gained.min()), 3),
        "visibility_median": round(float(np.median(gained)), 3),
        "visibility_total": round(float(gained.sum()), 3),
    }
