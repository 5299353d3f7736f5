"""Searches as `compute.survival` takes them, and the months they belong to."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from django.db.models import Min

from colibri.compute.inclusion import below
from colibri.compute.survival import Known, Share, known_until, share_within, step_of
from colibri.impact.models import CAUSES, UNKNOWN, WORK, FollowUp, Outcome, Told
from colibri.people.models import Collective

__all__ = [
    "WORK_CAUSES",
    "Searches",
    "first_month",
    "headline_of",
    "months_between",
    "next_month",
    "outcomes_by_month",
    "searches_at",
    "searches_by_month",
    "start_of",
    "told_until",
]

WORK_CAUSES = tuple(CAUSES[kind] for kind in WORK)
SECONDS_A_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Searches:
    """What is known of each search (n), and its region and trade family (n labels each)."""

    known: Known
    regions: list[str]
    families: list[str]


def start_of(month: date, zone: ZoneInfo) -> datetime:
    """Midnight at the beginning of a month."""
    return datetime(month.year, month.month, 1, tzinfo=zone)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def months_between(first: date, last: date) -> list[date]:
    """The first days of all months from one to another, both included."""
    found, month = [], first.replace(day=1)
    while month <= last:
        found.append(month)
        month = next_month(month)
    return found


def searches_at(
    collective: Collective,
    at: datetime,
    *,
    began_before: datetime | None = None,
    began_from: datetime | None = None,
) -> Searches:
    """What one knew at a moment of the searches begun until then, or within a time; by their number."""
    rows = FollowUp.objects.filter(appeal__collective=collective, began_at__lt=began_before or at)
    if began_from is not None:
        rows = rows.filter(began_at__gte=began_from)
    columns = (
        "began_at",
        "heard_at",
        "appeal__outcome__kind",
        "appeal__outcome__told_at",
        "appeal__outcome__happened_on",
        "appeal__region",
        "appeal__occupation",
    )
    zone = ZoneInfo(collective.time_zone)
    ages, heard, ended, causes, regions, families = [], [], [], [], [], []
    for began, last, kind, told_at, on, region, trade in rows.order_by("pk").values_list(*columns).iterator():
        age = (at - began).total_seconds() / SECONDS_A_DAY
        told = kind is not None and told_at <= at
        ages.append(age)
        heard.append(
            0.0 if last is None else max(min((last - began).total_seconds() / SECONDS_A_DAY, age), 0)
        )
        ended.append(_days_until(began, on, zone) if told else np.nan)
        causes.append(CAUSES[kind] if told else 0)
        regions.append(region or UNKNOWN)
        families.append(trade[:1] or UNKNOWN)
    return Searches(known_until(ages, heard, ended, causes), regions, families)


def _days_until(began: datetime, on: date, zone: ZoneInfo) -> float:
    return float(max((on - began.astimezone(zone).date()).days, 0))


def headline_of(known: Known) -> dict[str, float]:
    """The share back at work within six months as it is told: rounded so that a step is ten people or more.

    `people` are whole tens: those who left since their month was told would be the difference to it.
    Empty where there are fewer than a hundred searches, or nothing is known of as many as ten.
    """
    found = share_within(known, WORK_CAUSES)
    step = step_of(found.people)
    if step is None or int((known.times > 0).sum()) < 10:
        return {}
    return {"people": below(found.people), "step": step, **_rounded(found, step)}


def _rounded(found: Share, step: float) -> dict[str, float]:
    near = {"share": found.share, "none": found.none, "all": found.all, "silence": found.silence}
    rounded = {name: round(round(value / step) * step, 2) for name, value in near.items()}
    low, high = np.floor(found.low / step) * step, np.ceil(found.high / step) * step
    return {**rounded, "low": round(float(low), 2), "high": round(float(min(high, 1.0)), 2)}


def told_until(collective: Collective, measure: str) -> date | None:
    """The last month of a measure that was told."""
    rows = Told.objects.filter(edition__collective=collective, measure=measure)
    return rows.order_by("-last").values_list("last", flat=True).first()


def first_month(collective: Collective, measure: str) -> date | None:
    """The month in which a measure begins."""
    if measure == "searches":
        began = FollowUp.objects.filter(appeal__collective=collective).aggregate(at=Min("began_at"))["at"]
    else:
        began = Outcome.objects.filter(appeal__collective=collective).aggregate(at=Min("told_at"))["at"]
    return began.astimezone(ZoneInfo(collective.time_zone)).date().replace(day=1) if began else None


def searches_by_month(
    collective: Collective, first: date, last: date
) -> dict[date, Counter[tuple[str, str]]]:
    """How many searches began each month, by region and trade family."""
    zone = ZoneInfo(collective.time_zone)
    rows = FollowUp.objects.filter(
        appeal__collective=collective,
        began_at__gte=start_of(first, zone),
        began_at__lt=start_of(next_month(last), zone),
    ).values_list("began_at", "appeal__region", "appeal__occupation")
    return _by_month(
        ((at, (region or UNKNOWN, trade[:1] or UNKNOWN)) for at, region, trade in rows.iterator()), zone
    )


def outcomes_by_month(
    collective: Collective, first: date, last: date
) -> dict[date, Counter[tuple[str, str]]]:
    """How many outcomes were told each month, by kind."""
    zone = ZoneInfo(collective.time_zone)
    rows = Outcome.objects.filter(
        appeal__collective=collective,
        told_at__gte=start_of(first, zone),
        told_at__lt=start_of(next_month(last), zone),
    ).values_list("told_at", "kind")
    return _by_month(((at, (kind, "")) for at, kind in rows.iterator()), zone)


def _by_month(
    rows: Iterable[tuple[datetime, tuple[str, str]]], zone: ZoneInfo
) -> dict[date, Counter[tuple[str, str]]]:
    found: dict[date, Counter[tuple[str, str]]] = {}
    for at, label in rows:
        found.setdefault(at.astimezone(zone).date().replace(day=1), Counter())[label] += 1
    return found
