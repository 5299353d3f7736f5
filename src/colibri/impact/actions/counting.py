"""Counting each day once it is over, so that no page has to."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Max, QuerySet
from django.utils import timezone

from colibri.audiences.queries import distinct_reach
from colibri.common.work import ring
from colibri.impact.models import Day
from colibri.networks.errors import NetworkError
from colibri.people.models import Collective
from colibri.relays.models import Boost

__all__ = ["count_day", "give_up_counting", "plan_counts"]

BACK_MOST = 31
"""Days without a count, while the machine was off, that are counted later."""


def plan_counts(*, now: datetime) -> int:
    """Have every day counted that is over; returns how many were added."""
    added = 0
    for collective in Collective.objects.all():
        yesterday = now.astimezone(ZoneInfo(collective.time_zone)).date() - timedelta(days=1)
        newest = Day.objects.filter(collective=collective).aggregate(day=Max("day"))["day"]
        first = newest + timedelta(days=1) if newest else yesterday
        first = max(first, yesterday - timedelta(days=BACK_MOST))
        for number in range((yesterday - first).days + 1):
            day = first + timedelta(days=number)
            row, made = Day.objects.get_or_create(collective=collective, day=day, defaults={"due_at": now})
            if made:
                added += 1
                ring(row)
    return added


def count_day(day: Day) -> None:
    """Count what was given that day, and how many people it could reach."""
    start, end = _bounds(day.day, ZoneInfo(day.collective.time_zone))
    given = Boost.objects.filter(offer__collective=day.collective, given_at__gte=start, given_at__lt=end)
    relayed = set(given.values_list("appeal", flat=True).distinct())
    Day.objects.filter(pk=day.pk).update(
        counted_at=timezone.now(),
        relayed=len(relayed),
        ever=_ever(day, relayed, start, end),
        boosts=given.count(),
        relays=given.values("offer__identity__account").distinct().count(),
        reach=distinct_reach(set(given.values_list("offer__identity", flat=True))).people,
    )


def _ever(day: Day, relayed: set[int], start: datetime, end: datetime) -> int:
    """People relayed until the end of a day: those until the day before, and who is new."""
    earlier = Boost.objects.filter(offer__collective=day.collective, given_at__lt=start)
    before = Day.objects.filter(
        collective=day.collective, day=day.day - timedelta(days=1), counted_at__isnull=False
    ).first()
    if before is None:
        return earlier.values("appeal").distinct().count() + len(_new(relayed, earlier))
    return before.ever + len(_new(relayed, earlier))


def _new(relayed: set[int], earlier: QuerySet[Boost]) -> set[int]:
    return relayed - set(earlier.filter(appeal__in=relayed).values_list("appeal", flat=True))


def _bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    following = day + timedelta(days=1)
    return (
        datetime(day.year, day.month, day.day, tzinfo=zone),
        datetime(following.year, following.month, following.day, tzinfo=zone),
    )


def give_up_counting(day: Day, error: NetworkError) -> None:
    """Counting is a matter of our own rows: a fault is seen by operators, the day stays uncounted."""
    Day.objects.filter(pk=day.pk).update(due_at=None)
