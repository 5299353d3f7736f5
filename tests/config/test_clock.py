from datetime import UTC, datetime

import pytest

from colibri.config import clock
from colibri.people.models import Collective
from colibri.relays.models import Plan

EVENING = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


@pytest.fixture
def collective(db) -> Collective:
    return Collective.objects.create(
        slug="hirondelles", name="Hirondelles", supporters_hashtag="h", seekers_hashtag="hR"
    )


def test_past_its_hour_each_collective_gets_one_plan_however_often_the_clock_ticks(collective):
    assert clock.tick(now=EVENING) == []
    assert clock.tick(now=EVENING) == []

    assert Plan.objects.count() == 1


def test_before_its_hour_there_is_no_plan_yet(collective):
    assert clock.tick(now=EVENING.replace(hour=9)) == []

    assert Plan.objects.count() == 0


def test_a_step_that_fails_is_logged_and_stops_no_other(collective, monkeypatch, caplog):
    def fails(now: datetime) -> None:
        raise RuntimeError("no luck today")

    monkeypatch.setitem(clock.STEPS, "plans", fails)
    done = []
    monkeypatch.setitem(clock.STEPS, "expiry", lambda now: done.append("expiry"))
    monkeypatch.setitem(clock.STEPS, "waiting work", lambda now: done.append("waiting work"))

    assert clock.tick(now=EVENING) == ["plans"]
    assert done == ["expiry", "waiting work"]
    assert "no luck today" in caplog.text


def test_told_to_stop_it_ticks_no_more(collective, monkeypatch):
    ticks = []
    monkeypatch.setattr(clock, "tick", lambda now: ticks.append(now))

    clock.keep_time(lambda: len(ticks) == 1)

    assert len(ticks) == 1
