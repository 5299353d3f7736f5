"""When somebody may be rung: not in their quiet hours, as their own clocks show them."""

from datetime import UTC, datetime, timedelta, tzinfo

__all__ = ["awake", "is_quiet"]


def is_quiet(hour: int, begins: int, ends: int) -> bool:
    """Whether an hour of the day (0-23) lies in the hours from `begins` up to `ends`, over midnight too.

    The same hour twice means that none is quiet.
    """
    if begins <= ends:
        return begins <= hour < ends
    return hour >= begins or hour < ends


def awake(now: datetime, zone: tzinfo, begins: int, ends: int) -> datetime:
    """`now`, or the moment the quiet hours it lies in are over; aware, whatever the clocks do that night."""
    local = now.astimezone(zone)
    if not is_quiet(local.hour, begins, ends):
        return now
    end = local.replace(hour=ends, minute=0, second=0, microsecond=0, fold=0)
    if ends <= local.hour:
        end += timedelta(days=1)
    return max(now, end.astimezone(UTC))
