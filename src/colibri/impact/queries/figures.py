"""The figures of the public page: counted for each day and month before, so that few questions are enough."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db.models import Sum

from colibri.audiences.queries import distinct_reach
from colibri.compute.reach import Reach
from colibri.impact.models import Day, Edition, Told
from colibri.impact.queries.open_data import editions_of, parts_told
from colibri.people.models import Collective
from colibri.relays.models import Boost, Offer

__all__ = ["Figures", "Today", "figures_of", "kinds_told", "percents", "today_of"]

KEPT_SECONDS = 600
"""Today's figures are counted at most every ten minutes."""
DAYS_SHOWN = 30
MONTHS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Today:
    """What was given since midnight, counted at `at`; `ever` are people relayed since the beginning."""

    at: datetime
    relayed: int
    ever: int
    relays: int
    standing: int
    reach: Reach


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything the public page shows. `outcomes` is 0 while fewer than ten are known."""

    today: Today
    days: list[Day]
    outcomes: int
    kinds: list[tuple[str, int]]
    months: list[tuple[date, date, int]]
    edition: Edition | None
    headline: dict[str, Any]


def today_of(collective: Collective, *, now: datetime) -> Today:
    """Today so far, kept for ten minutes."""
    key = f"impact.today.{collective.pk}"
    found: Today | None = cache.get(key)
    if found is None:
        found = _count(collective, now=now)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _count(collective: Collective, *, now: datetime) -> Today:
    midnight = now.astimezone(ZoneInfo(collective.time_zone)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    boosts = Boost.objects.filter(offer__collective=collective)
    given = boosts.filter(given_at__gte=midnight)
    relayed = set(given.values_list("appeal", flat=True).distinct())
    before = boosts.filter(given_at__lt=midnight)
    last = _last_count(collective, midnight.date())
    known = set(before.filter(appeal__in=relayed).values_list("appeal", flat=True).distinct())
    ever = last.ever if last else before.values("appeal").distinct().count()
    return Today(
        at=now,
        relayed=len(relayed),
        ever=ever + len(relayed - known),
        relays=given.values("offer__identity__account").distinct().count(),
        standing=Offer.objects.filter(collective=collective, ended_at=None).count(),
        reach=distinct_reach(set(given.values_list("offer__identity", flat=True).distinct())),
    )


def _last_count(collective: Collective, today: date) -> Day | None:
    """Yesterday's, once it was counted: an older one would leave out people."""
    days = Day.objects.filter(collective=collective, day=today - timedelta(days=1))
    return days.filter(counted_at__isnull=False).first()


def figures_of(collective: Collective, *, now: datetime) -> Figures:
    """Today, the last thirty days, and what the monthly editions told."""
    told = Told.objects.filter(edition__collective=collective, edition__made_at__isnull=False)
    counted = Day.objects.filter(collective=collective, counted_at__isnull=False)
    edition = editions_of(collective).last()
    runs = told.filter(measure="searches", dimension="").order_by("-first")[:MONTHS_SHOWN]
    return Figures(
        today=today_of(collective, now=now),
        days=list(counted.order_by("-day")[:DAYS_SHOWN])[::-1],
        outcomes=told.filter(measure="outcomes", dimension="").aggregate(n=Sum("number"))["n"] or 0,
        kinds=kinds_told(collective),
        months=[(run.first, run.last, run.number) for run in runs][::-1],
        edition=edition,
        headline=percents(edition.headline) if edition else {},
    )


def kinds_told(collective: Collective) -> list[tuple[str, int]]:
    """What became of searches, as far as it was told, most frequent first."""
    told = Told.objects.filter(edition__collective=collective, measure="outcomes")
    rows = told.values_list("dimension", "label").annotate(n=Sum("number")).order_by("-n", "label")
    kinds = Counter({label: number for dimension, label, number in rows if dimension == "kind"})
    return parts_told("kind", kinds, sum(number for dimension, _label, number in rows if not dimension))


def percents(headline: dict[str, float]) -> dict[str, Any]:
    """A headline's shares in whole per cent, beside the shares themselves; empty where there is none."""
    if not headline:
        return {}
    names = ("share", "low", "high", "none", "all", "silence")
    return {**headline, "percent": {name: round(100 * headline[name]) for name in names}}
