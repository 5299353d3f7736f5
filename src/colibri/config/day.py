"""One day of a collective, step by step, as the clock would run it over the hours."""

from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from multiprocessing import get_context
from zoneinfo import ZoneInfo

from django.db import connections
from django.utils import timezone

from colibri.common.work import sweep
from colibri.federation.listening import catch_up
from colibri.federation.models import Source
from colibri.people.models import Collective
from colibri.relays.actions.planning import plan_day
from colibri.relays.models import Plan

__all__ = ["finish_work", "hear_all", "make_todays_plan"]

ROUNDS = 12
A_WHILE = timedelta(hours=7)
"""Longer than the longest pause before another try."""


def hear_all(collective: Collective) -> int:
    """Hear all that waits on every source of the collective; returns how many posts, edits and deletions."""
    return sum(catch_up(source) for source in Source.objects.filter(collective=collective))


def make_todays_plan(collective: Collective, *, now: datetime) -> Plan:
    """Today's plan, made now whatever the hour."""
    plan = plan_day(collective, now.astimezone(ZoneInfo(collective.time_zone)).date(), now=now)
    sweep(now=timezone.now(), only={"relays.Plan"})
    plan.refresh_from_db()
    return plan


def finish_work(*labels: str, now: datetime, processes: int = 1) -> int:
    """Do all that waits for work of these kinds, also what is planned for later today and further tries.

    Returns how many rows were worked on. What a network keeps refusing ends as given up. With more
    than one process the work is shared; a network in this process's own memory allows only one.
    """
    total = 0
    now += timedelta(days=1)
    for _round in range(ROUNDS):
        worked = _sweep_together(set(labels), now, processes)
        if not worked:
            break
        total += worked
        now += A_WHILE
    return total


def _sweep_together(labels: set[str], now: datetime, processes: int) -> int:
    if processes == 1:
        return sum(sweep(now=now, only=labels).values())
    connections.close_all()
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        parts = [pool.submit(_sweep_part, labels, now, part, processes) for part in range(processes)]
        return sum(part.result() for part in parts)


def _sweep_part(labels: set[str], now: datetime, part: int, parts: int) -> int:
    try:
        return sum(sweep(now=now, only=labels, share=(part, parts)).values())
    finally:
        connections.close_all()
