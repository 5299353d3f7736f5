"""Reminders come by a person's own clocks, also when these change in between."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colibri.compute.reminding import reminders, said_next, said_now

PARIS, NOUMEA = ZoneInfo("Europe/Paris"), ZoneInfo("Pacific/Noumea")
ZONES = [PARIS, NOUMEA, ZoneInfo("America/Cayenne"), ZoneInfo("America/Miquelon"), ZoneInfo("Europe/London")]


def moments(starts_at: datetime, zone: ZoneInfo, hours: float = 1) -> dict[str, datetime]:
    planned = reminders(starts_at, starts_at + timedelta(hours=hours), zone)
    return {one.kind: one.at.astimezone(UTC) for one in planned}


@pytest.mark.parametrize(
    ("begins", "eve", "hour"),
    [
        # The night the clocks go forward lies between the evening (18 h before) and the workshop.
        ("2026-03-29T10:00+02:00", "2026-03-28T17:00+01:00", "2026-03-29T09:00+02:00"),
        # The night they go back.
        ("2026-10-25T10:00+01:00", "2026-10-24T17:00+02:00", "2026-10-25T09:00+01:00"),
        # An hour before half past three that spring night is half past one: two did not exist.
        ("2026-03-29T03:30+02:00", "2026-03-28T17:00+01:00", "2026-03-29T01:30+01:00"),
        # And in autumn half past two comes twice: an hour before the second is the first.
        ("2026-10-25T02:30+01:00", "2026-10-24T17:00+02:00", "2026-10-25T02:30+02:00"),
    ],
)
def test_the_clock_passes_summer_time(begins, eve, hour):
    found = moments(datetime.fromisoformat(begins), PARIS)

    assert found["eve"] == datetime.fromisoformat(eve)
    assert found["hour"] == datetime.fromisoformat(hour)


def test_the_evening_before_is_the_readers_own():
    begins = datetime(2026, 12, 1, 17, 30, tzinfo=UTC)  # in Nouméa half past four on the next morning

    assert moments(begins, PARIS)["eve"] == datetime(2026, 11, 30, 16, tzinfo=UTC)
    assert moments(begins, NOUMEA)["eve"] == datetime(2026, 12, 1, 6, tzinfo=UTC)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)), st.sampled_from(ZONES))
def test_each_is_said_in_its_turn_and_once(naive, zone):
    begins = naive.replace(tzinfo=UTC)
    planned = reminders(begins, begins + timedelta(hours=2), zone)
    now, said = begins - timedelta(days=3), []
    while (after := said_next(planned, now)) is not None:
        assert after > now
        now = after
        said.append(said_now(planned, now))

    assert said_now(planned, begins - timedelta(days=3)) == ""
    assert sorted(said) == ["after", "eve", "hour"]
    assert said[-1] == "after"
