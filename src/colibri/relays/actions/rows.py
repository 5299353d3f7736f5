"""A solution as rows: boosts with their moment and reason, and the evening's mails."""

from datetime import datetime

import numpy as np

from colibri.compute.planning import Plan as Solution
from colibri.people.models import Account
from colibri.relays.actions.board import Board
from colibri.relays.actions.reasons import reasons_of
from colibri.relays.actions.timing import moment_at, moments_of
from colibri.relays.models import Boost, Digest, Plan

__all__ = ["boosts_for", "expire_leftovers", "plan_digests"]


def boosts_for(plan: Plan, board: Board, solution: Solution, *, now: datetime) -> list[Boost]:
    """The rows of a solution, each with its moment and its reason."""
    problem = board.problem
    counts = np.bincount(solution.appeal, minlength=problem.appeals)
    moments = moments_of(plan, board.offers, board.audiences, solution, now=now)
    appeals = {post.appeal_id: post.appeal for post in board.publications.values()}
    reasons = reasons_of(problem, solution, board.audiences, [appeals[pk] for pk in board.appeals])
    pairs = zip(solution.relay.tolist(), solution.appeal.tolist(), reasons, strict=True)
    return [
        Boost(
            plan=plan,
            offer=board.offers[relay],
            appeal_id=board.appeals[appeal],
            publication=board.publications[board.appeals[appeal], board.offers[relay].identity.network],
            gain=float(solution.visibility[appeal] - problem.prior[appeal]) / int(counts[appeal]),
            reason=reason,
            due_at=moments.get((relay, appeal)),
        )
        for relay, appeal, reason in pairs
    ]


def plan_digests(plan: Plan, *, now: datetime) -> None:
    """The evening's mail to everybody who is asked for something, once."""
    asked = plan.boosts.filter(state="planned", offer__automatic=False)
    accounts = Account.objects.filter(pk__in=asked.values("offer__identity__account"))
    due_at = max(moment_at(plan, plan.collective.digest_hour), now)
    Digest.objects.bulk_create(
        [Digest(plan=plan, account=account, due_at=due_at) for account in accounts], ignore_conflicts=True
    )


def expire_leftovers(plan: Plan) -> None:
    """What earlier plans offered and nobody took is over."""
    open_still = Boost.objects.filter(plan__collective=plan.collective, state__in=["planned", "offered"])
    open_still.exclude(plan=plan).update(state="expired", due_at=None)
