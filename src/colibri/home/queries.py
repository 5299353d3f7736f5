"""What the joined pages show: honest figures, a person's roles, an animator's day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any

from django.core.cache import cache
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from colibri.appeals.models import Appeal, Decision, Note, Publication
from colibri.appeals.queries import appeals_of, open_appeals
from colibri.compute.reach import Reach
from colibri.federation.models import Source
from colibri.helping.models import Giving
from colibri.helping.queries import givings_of, proposals_to
from colibri.people.models import Account, Collective, Identity
from colibri.people.queries import collectives_of
from colibri.relays.models import Boost, Offer, Plan
from colibri.relays.queries import (
    boosts_of_appeal,
    latest_plan,
    reach_by_day,
    reach_of_appeal,
    reach_of_collective,
    standing_offers,
)
from colibri.relays.words import BOOSTS_WORDS, SHORT_WORDS

__all__ = [
    "Board",
    "Figures",
    "Journey",
    "better_at_most",
    "board_of",
    "boosts_by_state",
    "certificate",
    "expired_connections",
    "failed_boosts",
    "failed_writings",
    "figures_of",
    "journey_of",
    "networks_heard",
    "quiet_sources",
    "recent_decisions",
    "unserved",
]

KEPT_SECONDS = 600
"""Figures that read whole audiences are counted at most every ten minutes."""
A_MONTH = timedelta(days=30)
QUIET = timedelta(minutes=15)
"""A source that said nothing for so long is shown as silent."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a collective does, counted at `at`. `better_at_most` and `compared` come from the last plan."""

    at: datetime
    appeals: int
    boosts: int
    relays: int
    reach: Reach
    plan: Plan | None
    better_at_most: float | None
    compared: dict[str, Any] | None

    @property
    def unknown_percent(self) -> int:
        """The share, in per cent, of the people reached of whom nothing is known."""
        return round(100 * self.reach.share_unknown)


def figures_of(collective: Collective, *, now: datetime) -> Figures:
    """The collective's honest figures, kept for ten minutes."""
    plan = latest_plan(collective)
    key = f"home.figures.{collective.pk}.{plan.pk if plan else 0}"
    found = cache.get(key)
    if found is None:
        found = _count(collective, plan, now=now)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _count(collective: Collective, plan: Plan | None, *, now: datetime) -> Figures:
    since = now - A_MONTH
    given = Boost.objects.filter(offer__collective=collective, given_at__gte=since)
    return Figures(
        at=now,
        appeals=open_appeals(collective).count(),
        boosts=given.count(),
        relays=given.values("offer").distinct().count(),
        reach=reach_of_collective(collective, since=since),
        plan=plan,
        better_at_most=certificate(plan),
        compared=plan.figures if plan and plan.figures.get("planned") else None,
    )


def certificate(plan: Plan | None) -> float | None:
    """What `better_at_most` says of a plan."""
    return better_at_most(plan.ratio) if plan is not None else None


def better_at_most(ratio: float | None) -> float | None:
    """By how many per cent, at most, another plan could have shared visibility better, rounded up.

    `ratio` is the plan's geometric mean of visibilities beside a proven bound of the best one.
    """
    return max(ceil((1.0 / ratio - 1.0) * 1000 - 1e-9) / 10, 0.0) if ratio else None


@dataclass(frozen=True, slots=True)
class Journey:
    """Where an appeal went: its boosts newest first, distinct people, how they grew by day.

    `shares` counts who said that they showed it elsewhere.
    """

    boosts: list[Boost]
    reach: Reach
    by_day: list[tuple[date, int]]
    shares: int


def journey_of(appeal: Appeal) -> Journey:
    """Who relayed an appeal and who could have seen it; counted again when a boost was given."""
    boosts = list(boosts_of_appeal(appeal))
    key = f"home.journey.{appeal.pk}.{boosts[0].given_at.timestamp() if boosts else 0}.{len(boosts)}"  # type: ignore[union-attr]
    counted = cache.get(key)
    if counted is None:
        counted = (reach_of_appeal(appeal), reach_by_day(appeal))
        cache.set(key, counted, KEPT_SECONDS)
    reached, by_day = counted
    return Journey(boosts, reached, by_day, appeal.shares.count())


@dataclass(frozen=True, slots=True)
class Board:
    """What one person is here for."""

    animates: list[Collective]
    appeals: list[Appeal]
    offers: list[Offer]
    givings: list[Giving]
    asked: int
    """Requests somebody would like this helper to take."""


def board_of(account: Account) -> Board:
    """The collectives somebody animates, their own appeals, their offers as a relay and as a helper."""
    return Board(
        animates=list(collectives_of(account, "animator").order_by("name")),
        appeals=list(appeals_of(account)[:20]),
        offers=list(standing_offers(account)),
        givings=list(givings_of(account)),
        asked=proposals_to(account).count(),
    )


def boosts_by_state(plan: Plan) -> list[tuple[str, int]]:
    """How many of a plan's boosts are in each state, in the order of a boost's life."""
    counted = dict(plan.boosts.values_list("state").annotate(number=Count("pk")).order_by())
    return [(str(words), counted[state]) for state, words in BOOSTS_WORDS.items() if state in counted]


def unserved(plan: Plan | None) -> list[tuple[Appeal, str]]:
    """Messages that could be given no boost by the plan, each with why."""
    short = {one["appeal"]: one["why"] for one in (plan.figures.get("short", []) if plan else [])}
    return [(one, str(SHORT_WORDS[short[one.pk]])) for one in Appeal.objects.filter(pk__in=short)[:50]]


def failed_boosts(collective: Collective, *, since: datetime) -> QuerySet[Boost]:
    """Boosts that failed, or are tried again after a fault."""
    trouble = Q(state="failed") | (Q(state__in=["giving", "undoing"]) & ~Q(problem=""))
    found = Boost.objects.filter(trouble, offer__collective=collective, plan__made_at__gte=since)
    return found.select_related("offer__identity", "appeal").order_by("-pk")


def quiet_sources(collective: Collective, *, now: datetime) -> list[tuple[Source, bool]]:
    """Every source of the collective, and whether it is silent or in trouble."""
    return [
        (source, bool(source.problem) or source.heard_at is None or source.heard_at < now - QUIET)
        for source in Source.objects.filter(collective=collective).order_by("network", "server")
    ]


def networks_heard(collective: Collective) -> list[str]:
    """The networks on which the collective listens for its hashtag, as people call them."""
    return sorted({source.get_network_display() for source in Source.objects.filter(collective=collective)})


def expired_connections(collective: Collective) -> QuerySet[Identity]:
    """Relays' and the collective's own accounts that a network no longer accepts."""
    theirs = Q(offers__collective=collective, offers__ended_at=None) | Q(collective=collective)
    return Identity.objects.filter(theirs, refused_at__isnull=False).distinct().order_by("-refused_at")


def failed_writings(collective: Collective) -> list[tuple[str, Note | Publication]]:
    """Notes and publications that were given up: what it was, and the row."""
    notes = Note.objects.filter(appeal__collective=collective, state="failed")
    posts = Publication.objects.filter(appeal__collective=collective, state="failed")
    rows: list[Note | Publication] = [
        *notes.select_related("appeal", "identity").order_by("-pk")[:20],
        *posts.select_related("appeal", "identity").order_by("-pk")[:20],
    ]
    return [("note" if isinstance(row, Note) else "publication", row) for row in rows]


def recent_decisions(collective: Collective, *, since: datetime) -> QuerySet[Decision]:
    """The last decision on each appeal since then, newest first."""
    newest = Decision.objects.filter(appeal=OuterRef("appeal")).values("pk")[:1]
    rows = Decision.objects.filter(appeal__collective=collective, decided_at__gte=since, pk=Subquery(newest))
    return rows.select_related("by", "appeal__collective")
