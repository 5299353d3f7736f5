"""A month is over: what is told of it is written down once, and never of fewer than ten."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Avg, Sum
from django.utils import timezone

from colibri.common.work import ring
from colibri.compute.survival import LEAST, merge_small, runs_of
from colibri.impact.models import OTHERS, Day, Edition, Told
from colibri.impact.queries.inclusion import inclusion_at
from colibri.impact.queries.searches import (
    first_month,
    headline_of,
    months_between,
    next_month,
    outcomes_by_month,
    searches_at,
    searches_by_month,
    start_of,
    told_until,
)
from colibri.networks.errors import NetworkError
from colibri.people.models import Collective
from colibri.relays.models import Boost

__all__ = ["give_up_edition", "make_edition", "plan_editions"]

SETTLED = timedelta(days=2)
"""So long after a month its edition is made: its last day is counted by then."""

Counts = Mapping[date, Counter[tuple[str, str]]]


def plan_editions(*, now: datetime) -> int:
    """Have the edition of each month made that is over; returns how many were added."""
    added = 0
    for collective in Collective.objects.all():
        today = (now - SETTLED).astimezone(ZoneInfo(collective.time_zone)).date()
        month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
        row, made = Edition.objects.get_or_create(
            collective=collective, month=month, defaults={"due_at": now}
        )
        if made:
            added += 1
            ring(row)
    return added


@transaction.atomic
def make_edition(edition: Edition) -> None:
    """Write down what is new and holds ten people, and the headline; made once."""
    now = timezone.now()
    if not Edition.objects.filter(pk=edition.pk, made_at=None).update(made_at=now):
        return
    rows = [
        *_series(edition, "searches", searches_by_month, ("region", "family")),
        *_series(edition, "outcomes", outcomes_by_month, ("kind",)),
        *_doings(edition),
    ]
    Told.objects.bulk_create(rows)
    zone = ZoneInfo(edition.collective.time_zone)
    end = start_of(next_month(edition.month), zone)
    Edition.objects.filter(pk=edition.pk).update(inclusion=inclusion_at(edition.collective, end))
    last = told_until(edition.collective, "searches")
    if last is not None:
        begun = start_of(next_month(last), zone)
        known = searches_at(edition.collective, end, began_before=begun).known
        Edition.objects.filter(pk=edition.pk).update(headline=headline_of(known))


def _series(
    edition: Edition,
    measure: str,
    counted_by: Callable[[Collective, date, date], Counts],
    dimensions: tuple[str, ...],
) -> Iterator[Told]:
    """Months told for the first time: each run whole, and in parts by each dimension."""
    before = told_until(edition.collective, measure)
    first = next_month(before) if before else first_month(edition.collective, measure)
    if first is None or first > edition.month:
        return
    months = months_between(first, edition.month)
    counts = counted_by(edition.collective, first, edition.month)
    totals = [sum(counts.get(month, Counter()).values()) for month in months]
    for start, end in runs_of(totals):
        run: Counter[tuple[str, str]] = sum(
            (counts.get(month, Counter()) for month in months[start : end + 1]), Counter()
        )
        span: dict[str, Any] = {
            "measure": measure,
            "first": months[start],
            "last": months[end],
        }
        yield Told(edition=edition, number=sum(run.values()), **span)
        for place, dimension in enumerate(dimensions):
            sizes: Counter[str] = Counter()
            for labels, number in run.items():
                sizes[labels[place]] += number
            parts = merge_small(sizes)
            if len(parts) == 1 and len(parts[0]) > 1:
                continue  # all of it together is what the whole says
            for part in parts:
                yield Told(
                    edition=edition,
                    dimension=dimension,
                    label=part[0] if len(part) == 1 else OTHERS,
                    number=sum(sizes[label] for label in part),
                    **span,
                )


def _doings(edition: Edition) -> Iterator[Told]:
    """What relays gave in the month; nothing where fewer than ten gave."""
    zone = ZoneInfo(edition.collective.time_zone)
    start, end = start_of(edition.month, zone), start_of(next_month(edition.month), zone)
    given = Boost.objects.filter(offer__collective=edition.collective, given_at__gte=start, given_at__lt=end)
    relays = given.values("offer__identity__account").distinct().count()
    if relays < LEAST:
        return
    days = Day.objects.filter(
        collective=edition.collective,
        day__gte=edition.month,
        day__lt=next_month(edition.month),
        counted_at__isnull=False,
    ).aggregate(boosts=Sum("boosts"), reach=Avg("reach"))
    told = {"relays": relays, "boosts": days["boosts"] or 0, "reach_a_day": round(days["reach"] or 0)}
    for measure, number in told.items():
        yield Told(edition=edition, measure=measure, first=edition.month, last=edition.month, number=number)


def give_up_edition(edition: Edition, error: NetworkError) -> None:
    """A matter of our own rows: a fault is seen by operators, and the next edition tells what is missing."""
    Edition.objects.filter(pk=edition.pk).update(due_at=None)
