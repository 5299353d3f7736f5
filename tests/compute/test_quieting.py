"""Quiet hours, by everybody's own clocks, on the nights they are moved too."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colibri.compute.quieting import awake, is_quiet

PARIS = ZoneInfo("Europe/Paris")
ZONES = ["Europe/Paris", "America/Guadeloupe", "Indian/Reunion", "UTC"]
hours = st.integers(0, 23)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda one: one.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2026-11-20 20:59", "2026-11-20 20:59"),
        ("2026-11-20 21:00", "2026-11-21 08:00"),
        ("2026-11-21 03:30", "2026-11-21 08:00"),
        ("2026-11-21 08:00", "2026-11-21 08:00"),
        ("2026-10-24 23:00", "2026-10-25 08:00"),  # the night has an hour more
        ("2026-03-28 23:00", "2026-03-29 08:00"),  # and here one less
    ],
)
def test_a_night_ends_at_its_hour_whatever_the_clocks_did(said, expected):
    now, then = (datetime.fromisoformat(one).replace(tzinfo=PARIS) for one in (said, expected))
    assert awake(now, PARIS, 21, 8) == then


def test_silence_that_ends_in_the_hour_that_is_left_out_ends_after_it():
    night = datetime(2026, 3, 29, 0, 30, tzinfo=PARIS)
    assert awake(night, PARIS, 22, 2).astimezone(PARIS).hour == 3


@given(
    moments, hours, hours, st.sampled_from(["Europe/Paris", "America/Guadeloupe", "Indian/Reunion", "UTC"])
)
def test_nobody_waits_a_day_and_nobody_is_rung_in_their_quiet_hours(now, begins, ends, zone):
    clocks = ZoneInfo(zone)
    then = awake(now, clocks, begins, ends)
    assert now <= then <= now + timedelta(hours=25)
    assert not is_quiet(then.astimezone(clocks).hour, begins, ends)
    assert awake(then, clocks, begins, ends) == then


@given(moments, hours)
def test_the_same_hour_twice_is_no_silence(now, hour):
    assert awake(now, PARIS, hour, hour) == now
