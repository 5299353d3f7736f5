"""A day's rows as the arrays of a problem."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from colibri.appeals.models import Appeal, Publication
from colibri.appeals.queries import live_publications
from colibri.audiences.models import Audience
from colibri.audiences.queries import attention_of, audiences_of
from colibri.compute.classes import RelevanceTable, relevance
from colibri.compute.planning import Problem
from colibri.people.models import Collective
from colibri.people.queries import Apart, kept_apart
from colibri.relays.models import Boost, Offer
from colibri.relays.queries import priors

__all__ = ["Board", "Held", "lay_out"]

SHARE_MOST = 4
"""No appeal gets more than this many times the boosts an even split would give it."""


LEAST = 1
"""Every appeal gets so many boosts where that can be; the plan says where it cannot, and why."""


@dataclass(frozen=True, slots=True)
class Held:
    """What of a day is settled before it is planned: pairs (offer, appeal) that are not to be planned, boosts
    used up by offer, what each appeal has of them, how many of them are for causes, and which reach readers,
    as pairs (identity, appeal).
    """

    pairs: Collection[tuple[int, int]] = ()
    spent: Mapping[int, int] = field(default_factory=dict)
    gained: Mapping[int, float] = field(default_factory=dict)
    causes: int = 0
    shown: Collection[tuple[int, int]] = ()


NOTHING = Held()


@dataclass(frozen=True, slots=True)
class Board:
    """A day's rows beside the problem made of them: index r is `offers[r]`, index a is `appeals[a]`."""

    problem: Problem
    offers: list[Offer]
    appeals: list[int]
    publications: dict[tuple[int, str], Publication]
    audiences: list[Audience]


def lay_out(
    collective: Collective,
    day: date,
    willing: list[Offer],
    *,
    now: datetime,
    kind: str = "search",
    held: Held = NOTHING,
) -> Board | None:
    """The problem of the day's searches, or of its causes; None where there is nothing to decide.

    Causes get one boost a relay who agreed to them, and all of them together at most the collective's share
    of what `willing` could give to searches. Who follows many relays is shown at most `member_cap` messages,
    those that are `held` included.
    """
    live = live_publications(collective).filter(appeal__kind=kind)
    posts = list(live.select_related("appeal__identity").order_by("appeal", "pk"))
    apart = kept_apart(collective)
    posts = _one_a_person([post for post in posts if not apart.unwelcome(_author(post.appeal))])
    offers = (_for_causes(collective, willing) if kind == "cause" else willing) if posts else []
    audiences = audiences_of([offer.identity_id for offer in offers])
    offers = [offer for offer in offers if offer.identity_id in audiences]
    left = _left(collective, day, willing, held.spent)
    most = _most_for_causes(collective, willing) - held.causes if offers and kind == "cause" else 0
    if not offers or (kind == "cause" and most <= 0):
        return None
    appeals = {post.appeal_id: post.appeal for post in posts}
    index = {pk: number for number, pk in enumerate(appeals)}
    fetched = [audiences[offer.identity_id] for offer in offers]
    start, member, member_class, known = _members(fetched)
    before = priors(appeals.values(), now=now)
    budget = [min(left[offer.pk], 1) if kind == "cause" else left[offer.pk] for offer in offers]
    problem = Problem(
        audience_start=start,
        audience_member=member,
        member_class=member_class,
        relevance=_relevance(collective, appeals.values()),
        attention=attention_of(fetched),
        budget=np.array(budget, dtype=np.int32),
        appeal_cap=_shared_out(most, len(appeals)) if kind == "cause" else _capped(sum(budget), len(appeals)),
        prior=np.array([before[pk] + held.gained.get(pk, 0.0) for pk in appeals]),
        allowed=_allowed(collective, offers, posts, index, apart, held.pairs),
        member_cap=collective.member_cap,
        minimum=np.full(len(appeals), LEAST if kind == "search" else 0, dtype=np.int32),
        shown=_shown(held.shown, known),
    )
    by_network = {(post.appeal_id, post.network): post for post in posts}
    return Board(problem, offers, list(appeals), by_network, fetched)


def _relevance(collective: Collective, appeals: Collection[Appeal]) -> NDArray[np.float32]:
    table = RelevanceTable.from_mapping(collective.relevance)
    return relevance(table, [one.family for one in appeals], [one.region_number for one in appeals])


def _most_for_causes(collective: Collective, willing: list[Offer]) -> int:
    """Their share of the boosts lent where searches stand: elsewhere nobody who searches gains by a boost.

    Where nobody searches, their share of all that is lent.
    """
    searches = live_publications(collective).filter(appeal__kind="search")
    networks = set(searches.values_list("network", flat=True))
    lent = [offer for offer in willing if offer.identity.network in networks] or willing
    return collective.cause_share * sum(offer.boosts_a_day for offer in lent) // 100


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


def _members(
    audiences: list[Audience],
) -> tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.int32], NDArray[np.int64]]:
    """Audiences in two-array form over members numbered from 0, with each member's class and hash."""
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
    return start, number, classes, ordered[first]


def _shown(reached: Collection[tuple[int, int]], known: NDArray[np.int64]) -> NDArray[np.int32]:
    """How many appeals each known member is shown already, through any of the identities that boost them."""
    carriers: defaultdict[int, list[int]] = defaultdict(list)
    for identity, appeal in reached:
        carriers[appeal].append(identity)
    audiences = audiences_of({identity for identity, _appeal in reached})
    shown = np.zeros(known.size, dtype=np.int32)
    for identities in carriers.values():
        readers = [audiences[one].members for one in identities if one in audiences]
        if readers:
            place = np.searchsorted(known, together := np.concatenate(readers))
            shown[np.unique(place[known[np.minimum(place, known.size - 1)] == together])] += 1
    return shown


def _allowed(
    collective: Collective,
    offers: list[Offer],
    posts: list[Publication],
    index: dict[int, int],
    apart: Apart,
    held: Collection[tuple[int, int]],
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
    for lender, appeal in held:
        left_out[lender].add(appeal)
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
