"""The clock: each minute, what time alone brings about. Two clocks at once do no harm."""

import logging
import time
from collections.abc import Callable
from datetime import datetime

from django.db import close_old_connections
from django.utils import timezone

from colibri.appeals.actions.lifecycle import expire_appeals
from colibri.appeals.actions.reminding import remind_authors
from colibri.causes.actions import ask_endings
from colibri.common.actions import forget_tallies
from colibri.common.work import wake
from colibri.federation.tasks import tend
from colibri.helping.actions import forget_old_requests, notice_silence
from colibri.impact.actions import plan_counts, plan_editions
from colibri.people.actions import erase_again, forget_unused_accounts, warn_before_ends
from colibri.relays.tasks import plan_where_due
from colibri.resumes.actions import forget_files
from colibri.showcase.actions import forget_old_entries, forget_unanswered

__all__ = ["STEPS", "keep_time", "tick"]

log = logging.getLogger(__name__)

MINUTE = 60.0
LOOK_EVERY = 0.5


def _wake(now: datetime) -> None:
    wake(now=now)


def _plan(now: datetime) -> None:
    plan_where_due(now=now)


def _expire(now: datetime) -> None:
    expire_appeals(now=now)
    remind_authors(now=now)
    ask_endings(now=now)
    warn_before_ends(now=now)


def _help(now: datetime) -> None:
    notice_silence(now=now)


def _forget(now: datetime) -> None:
    forget_tallies(now=now)
    forget_unused_accounts(now=now)
    erase_again(now=now)
    forget_old_entries(now=now)
    forget_old_requests(now=now)
    forget_unanswered(now=now)
    forget_files(now=now)


def _count(now: datetime) -> None:
    plan_counts(now=now)
    plan_editions(now=now)


def _federate(now: datetime) -> None:
    tend(now=now)


STEPS: dict[str, Callable[[datetime], None]] = {
    "plans": _plan,
    "expiry": _expire,
    "helpers": _help,
    "what is over": _forget,
    "figures": _count,
    "federation": _federate,
    "waiting work": _wake,
}
"""By the name each has in the log, in order: what takes longest comes last."""


def tick(*, now: datetime) -> list[str]:
    """Take every step once; one that fails is logged and stops no other. Returns the names of those."""
    failed = []
    for name, step in STEPS.items():
        try:
            step(now)
        except Exception:
            log.exception("the clock's step %r failed", name)
            failed.append(name)
    return failed


def keep_time(stopped: Callable[[], bool]) -> None:
    """Tick at once and then each minute until told to stop."""
    while not stopped():
        next_tick = time.monotonic() + MINUTE
        close_old_connections()
        tick(now=timezone.now())
        while time.monotonic() < next_tick and not stopped():
            time.sleep(LOOK_EVERY)
