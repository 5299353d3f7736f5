"""A day's plan looked at again when a relay drops out or an urgent cause arrives, changing little."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from colibri.compute.planning import solve
from colibri.people.models import Collective
from colibri.relays.actions.board import Board, Held, lay_out
from colibri.relays.actions.rows import boosts_for, plan_digests
from colibri.relays.models import Boost, Plan
from colibri.relays.queries import willing_offers

__all__ = ["revise_plan", "want_revision"]

SETTLES = timedelta(minutes=5)
"""So long is waited for more of the same before the plan is looked at again; what is due sooner stays, since
it may be given while the plan is sought."""
LAST_HOUR = 22
"""From this hour on what is left of the day is too little."""
INERTIA = 0.1
"""A boost that was planned gives way only where its appeal's visibility, or another's, gains a tenth."""


def want_revision(collective: Collective, *, now: datetime) -> None:
    """Have today's plan looked at again soon, where there is one and the day is not over."""
    local = now.astimezone(ZoneInfo(collective.time_zone))
    if local.hour < LAST_HOUR:
        todays = Plan.objects.filter(collective=collective, day=local.date(), state="solved", due_at=None)
        todays.update(due_at=now + SETTLES)


def revise_plan(plan: Plan) -> None:
    """Plan anew what nobody has been told of, with the relays there are now; the rest stays as it is.

    Free is what Colibri will boost by itself later today for people looking for work. What was given,
    offered or refused keeps its place, and so does what a cause has; a cause that came later gets its share
    first, and the free boosts go on from the plan that was.
    """
    moment, day = timezone.now(), plan.day
    offers = willing_offers(plan.collective, day)
    free = plan.boosts.filter(
        state="planned", due_at__gt=moment + SETTLES, offer__automatic=True, appeal__kind="search"
    )
    kept = _held(plan, free)
    urgent = lay_out(plan.collective, day, offers, kind="cause", held=kept, now=moment)
    added: list[Boost] = []
    if urgent is not None:
        added = boosts_for(plan, urgent, solve(urgent.problem, seed=plan.seed), now=moment)
        for boost in added:
            kept.spent[boost.offer.pk] += 1  # type: ignore[index]
        shown = {(boost.offer.identity_id, boost.appeal_id) for boost in added}
        kept = replace(kept, shown=shown.union(kept.shown))
    board = lay_out(plan.collective, day, offers, held=kept, now=moment)
    if board is None and not added:
        return
    wanted: dict[tuple[int, int], Boost] = {}
    if board is not None:
        solution = solve(board.problem, seed=plan.seed, start=_pairs(board, free), inertia=INERTIA)
        wanted = {(one.offer.pk, one.appeal_id): one for one in boosts_for(plan, board, solution, now=moment)}
    with transaction.atomic():
        standing = {(one.offer_id, one.appeal_id): one.pk for one in free.select_for_update()}
        dropped = [pk for pair, pk in standing.items() if pair not in wanted]
        Boost.objects.filter(pk__in=dropped, state="planned").update(state="expired", due_at=None)
        added += [boost for pair, boost in wanted.items() if pair not in standing]
        Boost.objects.bulk_create(added)
        plan_digests(plan, now=moment)
        told = {"at": moment.isoformat(), "added": len(added), "dropped": len(dropped)}
        Plan.objects.filter(pk=plan.pk).update(figures={**plan.figures, "revised": told})


def _held(plan: Plan, free: QuerySet[Boost]) -> Held:
    """What of the day is settled: every row of the plan but the free ones."""
    pairs, shown, causes = set(), set(), 0
    spent: Counter[int] = Counter()
    gained: defaultdict[int, float] = defaultdict(float)
    rows = plan.boosts.exclude(pk__in=free.values("pk"))
    for offer, identity, appeal, state, gain, kind in rows.values_list(
        "offer", "offer__identity", "appeal", "state", "gain", "appeal__kind"
    ):
        pairs.add((offer, appeal))
        if state in ("planned", "offered", "giving", "given"):
            shown.add((identity, appeal))
        if state in ("planned", "offered", "giving"):  # given ones are counted as such
            spent[offer] += 1
            gained[appeal] += gain
        causes += kind == "cause" and state not in ("expired", "declined", "failed")
    return Held(pairs, spent, gained, causes, shown)


def _pairs(board: Board, free: QuerySet[Boost]) -> tuple[list[int], list[int]]:
    """The free boosts as (relays, appeals) of the board, within budgets those that bring most."""
    relays = {offer.pk: number for number, offer in enumerate(board.offers)}
    appeals = {pk: number for number, pk in enumerate(board.appeals)}
    left = dict(enumerate(board.problem.budget.tolist()))
    pairs = []
    for offer, appeal in free.order_by("-gain", "pk").values_list("offer", "appeal"):
        relay = relays.get(offer)
        if relay is not None and appeal in appeals and left[relay] > 0:
            left[relay] -= 1
            pairs.append((relay, appeals[appeal]))
    return [relay for relay, _appeal in pairs], [appeal for _relay, appeal in pairs]
