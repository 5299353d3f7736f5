"""One day of a collective, step by step, as the clock would run it over the hours."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from functools import partial
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

__all__ = ["finish_work", "hear_all", "in_parts", "make_todays_plan"]

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
        worked = in_parts(partial(_sweep_part, set(labels), now), processes)
        if not worked:
            break
        total += worked
        now += A_WHILE
    return total


def in_parts(work: Callable[[int, int], int], processes: int) -> int:
    """The sum of `work(part, parts)` over all parts, each in a process of its own where there are several.

    `work` is a function of a module, or a `partial` of one: it travels to the other processes.
    """
    if processes == 1:
        return work(0, 1)
    connections.close_all()
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        parts = [pool.submit(_closing, work, part, processes) for part in range(processes)]
        return sum(part.result() for part in parts)


def _closing(work: Callable[[int, int], int], part: int, parts: int) -> int:
    try:
        return work(part, parts)
    finally:
        connections.close_all()


def _sweep_part(labels: set[str], now: datetime, part: int, parts: int) -> int:
    return sum(sweep(now=now, only=labels, share=(part, parts)).values())
