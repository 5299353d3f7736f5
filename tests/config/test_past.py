"""The demonstration's past: what a newcomer finds told of the year before."""

from datetime import UTC, datetime

import numpy as np

from colibri.audiences.models import HASH, Audience
from colibri.config.demo.past import remember
from colibri.impact.models import Day, FollowUp
from colibri.impact.queries.dashboard import board_of
from colibri.impact.queries.figures import figures_of
from colibri.impact.queries.groups import groups_of
from colibri.impact.queries.report import periods_of, report_of
from colibri.people.models import Account, Collective, Identity
from colibri.relays.models import Boost, Offer
from tests.impact.crowd import collective_named

NOW = datetime(2026, 11, 26, 18, tzinfo=UTC)


def collective_with_relays(number: int = 20) -> Collective:
    """Relays whose followers overlap, each with an offer."""
    collective = collective_named()
    Identity.objects.create(collective=collective, network="memory", server="x", actor_id="ours")
    for relay in range(number):
        account = Account.objects.create_user(f"relais-{relay}@demo.example")
        identity = Identity.objects.create(
            account=account, network="memory", server="x", actor_id=f"relais-{relay}"
        )
        members = np.zeros(30, dtype=HASH)
        members["member"] = np.arange(30) + 10 * relay
        Audience.objects.create(identity=identity, followers=members.tobytes(), size=30, fetched_at=NOW)
        Offer.objects.create(identity=identity, collective=collective)
    return collective


def test_a_year_before_is_there_to_see_and_today_is_left_alone(db, time_machine):
    time_machine.move_to(NOW, tick=False)
    collective = collective_with_relays()

    remember(collective, now=NOW)

    figures = figures_of(collective, now=NOW)
    assert figures.headline["people"] >= 100
    assert len(figures.days) == 30
    assert all(day.reach for day in figures.days)
    assert (figures.today.relayed, figures.today.ever) == (0, Day.objects.latest("day").ever)
    assert [period for period, _words in periods_of(collective)][:3] == ["2026", "2026-10", "2026-09"]
    report = report_of(collective, "2026-10")
    assert report is not None
    assert all((report.people, report.told, report.doings, report.thanks, report.regions))
    groups = groups_of(collective)
    assert groups is not None
    assert groups.rows
    assert board_of(collective, now=NOW).curve
    assert not collective.appeals.filter(state__in=["active", "accepted", "submitted"]).exists()
    assert not Boost.objects.filter(state__in=["planned", "offered", "given"]).exists()
    assert not FollowUp.objects.filter(due_at__lt=NOW).exists()


def test_the_same_day_remembers_the_same_past(db, time_machine):
    time_machine.move_to(NOW, tick=False)
    told = []
    for _time in range(2):
        Collective.objects.all().delete()
        Account.objects.all().delete()
        remember(collective_with_relays(), now=NOW)
        told.append(list(Day.objects.order_by("day").values_list("relayed", "boosts", "reach")))

    assert told[0] == told[1]
