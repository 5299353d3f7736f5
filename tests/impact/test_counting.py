"""Each day is counted once it is over."""

from datetime import timedelta

from django.utils import timezone

from colibri.appeals.models import Appeal
from colibri.impact.actions import plan_counts
from colibri.impact.models import Day
from colibri.relays.models import Boost


def counted(village) -> None:
    """What the clock and the worker do after midnight."""
    plan_counts(now=timezone.now())
    village.work("impact.Day")


def test_a_day_is_counted_after_midnight(village):
    village.lends("relais", followers=4)
    village.lends("colporteuse", followers=3)
    village.relayed()
    village.plans()
    village.evening()
    counted(village)
    assert Day.objects.get().boosts == 0  # the day before; today is not over

    village.later(hours=2)
    counted(village)
    today = Day.objects.latest("day")
    assert (today.relayed, today.ever, today.boosts, today.relays, today.reach) == (1, 1, 2, 2, 7)


def test_who_was_relayed_before_is_no_new_person(village):
    for relay in ("relais", "colporteuse"):
        village.lends(relay)
    village.relayed()
    village.plans()
    village.evening()
    second = Boost.objects.latest("pk")
    Boost.objects.filter(pk=second.pk).update(given_at=timezone.now() + timedelta(days=2))
    village.later(hours=2)
    counted(village)
    village.later(days=2)
    counted(village)

    assert list(Day.objects.order_by("day").values_list("relayed", "ever")) == [(1, 1), (0, 1), (1, 1)]


def test_days_missed_while_the_machine_was_off_are_counted_later(village):
    counted(village)
    village.later(days=5)
    counted(village)
    counted(village)
    days = list(Day.objects.order_by("day").values_list("day", flat=True))

    assert len(days) == 6
    assert days[-1] == timezone.localdate() - timedelta(days=1)
    assert not Day.objects.filter(counted_at=None).exists()
    assert not Appeal.objects.exists()
