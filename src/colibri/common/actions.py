"""Counting what happens, across all processes and machines."""

import hashlib
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from colibri.common.models import Tally

__all__ = ["count", "forget_tallies"]

COUNT = """
INSERT INTO common_tally (name, number, until) VALUES (%(name)s, 1, %(until)s)
ON CONFLICT (name) DO UPDATE SET
    number = CASE WHEN common_tally.until > %(now)s THEN common_tally.number + 1 ELSE 1 END,
    until = CASE WHEN common_tally.until > %(now)s THEN common_tally.until ELSE excluded.until END
RETURNING number
"""
"""One statement, so that two processes never both come first."""


def count(what: str, *, lasts: timedelta, now: datetime | None = None) -> int:
    """How often `what` has happened, now included, since the first time within `lasts`."""
    now = now or timezone.now()
    name = hashlib.sha256(what.encode()).hexdigest()
    adapt = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"name": name, "now": adapt(now), "until": adapt(now + lasts)})
        return int(cursor.fetchone()[0])


def forget_tallies(*, now: datetime) -> int:
    """Counts whose time is over; returns how many."""
    return Tally.objects.filter(until__lte=now).delete()[0]
