"""When somebody is reminded of what begins at a moment, by their own clocks."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

__all__ = ["Reminder", "reminders", "said_next", "said_now"]

EVENING = time(17, 0)
BEFORE = timedelta(hours=1)
AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Reminder:
    """What is said (`eve`, `hour` or `after`) and the moment from which it is."""

    kind: str
    at: datetime


def reminders(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> tuple[Reminder, ...]:
    """The evening before by the person's clocks, a true hour before the beginning, an hour after the end.

    Moments carry their zone. The day before is a day of the calendar, and the hour one that passes, so that
    both are right when the clocks change in between.
    """
    day_before = starts_at.astimezone(zone).date() - timedelta(days=1)
    eve = datetime.combine(day_before, EVENING, tzinfo=zone)
    return Reminder("eve", eve), Reminder("hour", starts_at - BEFORE), Reminder("after", ends_at + AFTER)


def said_now(planned: tuple[Reminder, ...], now: datetime) -> str:
    """What is to be said at this moment: the last whose time has come, "" before the first."""
    past = sorted((one for one in planned if one.at <= now), key=lambda one: one.at)
    return past[-1].kind if past else ""


def said_next(planned: tuple[Reminder, ...], now: datetime) -> datetime | None:
    """When there is something to say again after this moment."""
    return min((one.at for one in planned if one.at > now), default=None)
