"""A day of thousands of boosts fits in a minute: how often the database is asked for each."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from colibri.relays.models import Boost
from tests.rooms import EVENING

PER_BOOST = 8
"""Lease, row, consents, blocks, key, given, ended meanwhile, done."""
PLAN = 27
"""Whatever the number of relays."""


def asked_for(village, relays: int) -> tuple[int, int]:
    """Queries of the plan, and of the evening's boosts without what a sweep costs in any case."""
    for number in range(relays):
        village.lends(f"pic-{number}", followers=1)
    village.relayed()
    with CaptureQueriesContext(
        connection,
    ) as planning:
        village.plans()
    village.at(EVENING)
    with CaptureQueriesContext(connection) as giving:
        village.work("relays.Boost")
    assert Boost.objects.filter(state="given").count() == relays
    return len(planning), len(giving)


def test_a_boost_asks_the_database_a_handful_of_times(village):
    _planning, giving = asked_for(village, 3)

    assert giving <= 1 + 3 * PER_BOOST


def test_a_plan_asks_the_database_as_often_for_many_relays_as_for_one(village):
    planning, _giving = asked_for(village, 12)

    assert planning <= PLAN
