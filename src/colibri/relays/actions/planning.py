"""The day's plan: from rows to arrays, solved, and back to rows with a reason for each line."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from django.db import transaction
from django.utils import timezone
from numpy.typing import NDArray

from colibri.appeals.models import Appeal, Publication
from colibri.appeals.queries import live_publications
from colibri.audiences.models import Audience
from colibri.audiences.queries import attention_of, audiences_of
from colibri.common.states import WrongMove
from colibri.common.work import ring
from colibri.compute.classes import RelevanceTable, relevance
from colibri.compute.planning import Plan as Solution
from colibri.compute.planning import Problem, evaluate, solve, unaided
from colibri.compute.reach import distinct
from colibri.networks.errors import NetworkError
from colibri.people.models import Collective
from colibri.people.queries import Apart, kept_apart
from colibri.relays.actions.reasons import reasons_of
from colibri.relays.actions.timing import moment_at, moments_of
from colibri.relays.models import PLAN, Boost, Digest, Offer, Plan
from colibri.relays.queries import priors, stuck_plan, willing_offers

__all__ = ["Board", "give_up_plan", "lay_out", "make_plan", "plan_day", "retry_plan"]

SHARE_MOST = 4
"""No appeal gets more than this many times the boosts an even split would give it."""


@dataclass(frozen=True, slots=True)
class Board:
    """A day's rows beside the problem made of them: index r is `offers[r]`, index a is `appeals[a]`."""

    problem: Problem
    offers: list[Offer]
    appeals: list[int]
    publications: dict[tuple[int, str], Publication]
    audiences: list[Audience]


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
    """Solve the day and write its boosts, all or none of them."""
    if plan.state != "due":
        return
    moment = timezone.now()
    offers = willing_offers(plan.collective, plan.day)
    urgent = _solved(plan, lay_out(plan.collective, plan.day, offers, kind="cause", now=moment))
    spent = Counter(urgent[0].offers[relay].pk for relay in urgent[1].relay.tolist()) if urgent else Counter()
    daily = _solved(plan, lay_out(plan.collective, plan.day, offers, spent=spent, now=moment))
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
            figures={**(_figures(*daily, plan.seed) if daily else {}), "causes": sum(spent.values())},
        )
        for board, solution in filter(None, (urgent, daily)):
            Boost.objects.bulk_create(_boosts(plan, board, solution, now=moment))
        asked = {offer.identity.account for offer in offers if not offer.automatic}
        wanted = {
            boost.offer.identity.account_id
            for boost in plan.boosts.filter(offer__automatic=False).select_related("offer__identity")
        }
        Digest.objects.bulk_create(
            Digest(
                plan=plan,
                account=account,
                due_at=max(moment_at(plan, plan.collective.digest_hour), moment),
            )
            for account in asked
            if account is not None and account.pk in wanted
        )


def _solved(plan: Plan, board: Board | None) -> tuple[Board, Solution] | None:
    return (board, solve(board.problem, seed=plan.seed)) if board is not None else None


def expire_leftovers(plan: Plan) -> None:
    """What earlier plans offered and nobody took is over."""
    open_still = Boost.objects.filter(plan__collective=plan.collective, state__in=["planned", "offered"])
    open_still.exclude(plan=plan).update(state="expired", due_at=None)


def lay_out(
    collective: Collective,
    day: date,
    willing: list[Offer],
    *,
    now: datetime,
    kind: str = "search",
    spent: Mapping[int, int] | None = None,
) -> Board | None:
    """The problem of the day's searches, or of its causes; None where there is nothing to decide.

    `spent` counts, by offer, the boosts that are not to be had any more. Causes get one boost a relay who
    agreed to them, and all of them together at most the collective's share of all that `willing` offer.
    """
    live = live_publications(collective).filter(appeal__kind=kind)
    posts = list(live.select_related("appeal__identity").order_by("appeal", "pk"))
    apart = kept_apart(collective)
    posts = _one_a_person([post for post in posts if not apart.unwelcome(_author(post.appeal))])
    offers = (_for_causes(collective, willing) if kind == "cause" else willing) if posts else []
    audiences = audiences_of([offer.identity_id for offer in offers])
    offers = [offer for offer in offers if offer.identity_id in audiences]
    left = _left(collective, day, willing, spent or {})
    most = collective.cause_share * sum(left.values()) // 100
    if not offers or (kind == "cause" and not most):
        return None
    appeals = {post.appeal_id: post.appeal for post in posts}
    index = {pk: number for number, pk in enumerate(appeals)}
    fetched = [audiences[offer.identity_id] for offer in offers]
    start, member, member_class = _members(fetched)
    before = priors(appeals.values(), now=now)
    budget = [min(left[offer.pk], 1) if kind == "cause" else left[offer.pk] for offer in offers]
    table = RelevanceTable.from_mapping(collective.relevance)
    problem = Problem(
        audience_start=start,
        audience_member=member,
        member_class=member_class,
        relevance=relevance(
            table, [one.family for one in appeals.values()], [one.region_number for one in appeals.values()]
        ),
        attention=attention_of(fetched),
        budget=np.array(budget, dtype=np.int32),
        appeal_cap=_shared_out(most, len(appeals)) if kind == "cause" else _capped(sum(budget), len(appeals)),
        prior=np.array([before[pk] for pk in appeals]),
        allowed=_allowed(collective, offers, posts, index, apart),
    )
    by_network = {(post.appeal_id, post.network): post for post in posts}
    return Board(problem, offers, list(appeals), by_network, fetched)


def _for_causes(collective: Collective, willing: list[Offer]) -> list[Offer]:
    yes = collective.consents.filter(purpose="relay_causes", withdrawn_at=None)
    agreed = set(yes.values_list("identity", flat=True))
    return [offer for offer in willing if offer.identity_id in agreed]


def _left(
    collective: Collective, day: date, willing: list[Offer], spent: Mapping[int, int]
) -> dict[int, int]:
    """The boosts each offer still has today."""
    given = _given_on(day, collective)
    used = {offer.pk: given.get(offer.pk, 0) + spent.get(offer.pk, 0) for offer in willing}
    return {offer.pk: max(offer.boosts_a_day - used[offer.pk], 0) for offer in willing}


def _capped(boosts: int, appeals: int) -> NDArray[np.int32]:
    return np.full(appeals, max(SHARE_MOST * boosts // appeals, 3), dtype=np.int32)


def _shared_out(boosts: int, appeals: int) -> NDArray[np.int32]:
    """So many boosts in all, shared out evenly."""
    return ((boosts + np.arange(appeals)[::-1]) // appeals).astype(np.int32)


def _author(appeal: Appeal) -> tuple[int | None, int | None]:
    return appeal.identity_id, appeal.account_id


def _one_a_person(posts: list[Publication]) -> list[Publication]:
    """The posts of one appeal of each person, the oldest: nobody is seen more by asking more than once."""
    chosen: dict[object, int] = {}
    kept = []
    for post in sorted(posts, key=lambda post: (post.appeal.accepted_at or post.appeal.created_at, post.pk)):
        appeal = post.appeal
        owner = appeal.account_id or (appeal.identity.account_id if appeal.identity else None)
        person = ("account", owner) if owner else ("identity", appeal.identity_id)
        if chosen.setdefault(person, appeal.pk) == appeal.pk:
            kept.append(post)
    return sorted(kept, key=lambda post: (post.appeal_id, post.pk))


def _members(audiences: list[Audience]) -> tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.int32]]:
    """Audiences in two-array form over members numbered from 0, with each member's class."""
    together = np.concatenate([one.members for one in audiences])
    kinds = np.concatenate([one.kinds for one in audiences])
    order = np.argsort(together, kind="stable")
    ordered = together[order]
    changes = (
        np.concatenate(([True], ordered[1:] != ordered[:-1])) if len(ordered) else np.zeros(0, dtype=bool)
    )
    number = np.empty(len(ordered), dtype=np.uint32)
    number[order] = (np.cumsum(changes) - 1).astype(np.uint32)
    first = np.flatnonzero(changes)
    classes = np.maximum.reduceat(kinds[order], first) if len(first) else np.zeros(0, dtype=np.int32)
    start = np.concatenate(([0], np.cumsum([one.size for one in audiences]))).astype(np.int64)
    return start, number, classes


def _allowed(
    collective: Collective,
    offers: list[Offer],
    posts: list[Publication],
    index: dict[int, int],
    apart: Apart,
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Every appeal on the relay's network but its own, those given or declined, and what it does not want."""
    on_network: dict[str, list[Appeal]] = defaultdict(list)
    own: dict[tuple[str, int | None], list[int]] = defaultdict(list)
    for post in posts:
        on_network[post.network].append(post.appeal)
        author = post.appeal.identity
        own["account", post.appeal.account_id].append(post.appeal_id)
        if author is not None:
            own["identity", author.pk].append(post.appeal_id)
            own["account", author.account_id].append(post.appeal_id)
    numbers = {name: np.array([index[one.pk] for one in found]) for name, found in on_network.items()}
    left_out, families, regions = _declined(collective)
    allowed = [np.empty(0, dtype=np.int64)]
    for offer in offers:
        relay = offer.identity
        mine = numbers.get(relay.network, allowed[0])
        if (
            offer.families
            or offer.regions
            or offer.pk in families
            or offer.pk in regions
            or apart.concerns((relay.pk, relay.account_id))
        ):
            wanted = [
                _suits(offer, one)
                and one.occupation[:1] not in families[offer.pk]
                and one.region not in regions[offer.pk]
                and not apart.between((relay.pk, relay.account_id), _author(one))
                for one in on_network[relay.network]
            ]
            mine = mine[np.array(wanted, dtype=bool)]
        out = [*left_out[offer.pk], *own["account", relay.account_id], *own["identity", relay.pk]]
        if out:
            mine = mine[~np.isin(mine, [index[pk] for pk in out if pk in index])]
        allowed.append(mine)
    start = np.cumsum([len(mine) for mine in allowed]).astype(np.int64)
    return start, np.concatenate(allowed).astype(np.int32)


def _suits(offer: Offer, appeal: Appeal) -> bool:
    """Whether the relay chose its trade and region; a cause has no trade, and may be of the whole country."""
    cause = appeal.kind == "cause"
    trade = cause or not offer.families or appeal.occupation[:1] in offer.families
    place = not offer.regions or appeal.region in offer.regions or (cause and not appeal.region)
    return trade and place


Sets = defaultdict[int, set[str]]


def _declined(collective: Collective) -> tuple[defaultdict[int, set[int]], Sets, Sets]:
    """By offer: appeals given or declined before, trade families and regions the relay does not want."""
    left_out: defaultdict[int, set[int]] = defaultdict(set)
    families: Sets = defaultdict(set)
    regions: Sets = defaultdict(set)
    done = Boost.objects.filter(
        offer__collective=collective, state__in=["giving", "given", "undoing", "undone", "declined"]
    ).exclude(decline="not_today")
    columns = "offer", "appeal", "decline", "appeal__occupation", "appeal__region"
    for offer, appeal, why, occupation, region in done.values_list(*columns):
        left_out[offer].add(appeal)
        if why == "not_this_trade" and occupation:
            families[offer].add(occupation[:1])
        if why == "not_this_region" and region:
            regions[offer].add(region)
    return left_out, families, regions


def _given_on(day: date, collective: Collective) -> dict[int, int]:
    zone = ZoneInfo(collective.time_zone)
    morning = datetime.combine(day, time(), tzinfo=zone)
    given = Boost.objects.filter(given_at__gte=morning, given_at__lt=morning + timedelta(days=1))
    counted: dict[int, int] = {}
    for offer in given.filter(offer__collective=collective).values_list("offer", flat=True):
        counted[offer] = counted.get(offer, 0) + 1
    return counted


def _boosts(plan: Plan, board: Board, solution: Solution, *, now: datetime) -> list[Boost]:
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


def _figures(board: Board, solution: Solution, seed: int) -> dict[str, object]:
    """What the plan brings beside "everyone boosts whom they see first", on the same day."""
    problem = board.problem
    relay, appeal = unaided(problem, seed=seed)
    return {
        "relays": problem.relays,
        "appeals": problem.appeals,
        "members": problem.members,
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
