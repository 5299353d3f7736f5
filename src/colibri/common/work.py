"""Work in the background: the row is the truth, the queue only a doorbell.

A row that waits for work has a `due_at`; whoever does it first takes a lease by moving `due_at`
ahead, so that a worker killed in the middle only delays it. `sweep` finds what the bell missed.
"""

import heapq
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from huey.contrib.djhuey import HUEY, db_task

from colibri.common.states import WrongMove
from colibri.common.troubles import NO_TROUBLE, OwnFault, Troubled, trouble
from colibri.networks.errors import NetworkError, Retryable

__all__ = ["Kind", "Work", "kinds", "lease_over", "pause", "register", "ring", "sweep", "wake", "work_on"]

log = logging.getLogger(__name__)

ATTEMPTS_MOST = 8
_kinds: dict[str, "Kind"] = {}


class Work(Troubled):
    """A row that can wait for work: `attempts` since it last went well, `tries` in all."""

    due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of work: its model, what to do with a row, and what when it is given up.

    `do(row)` returns when it will be due again, or None when it is done for now; it may raise
    `NetworkError`. `give_up(row, error)` ends the row visibly.
    """

    model: type[Work]
    do: Callable[[Any], datetime | None]
    give_up: Callable[[Any, NetworkError], None]
    related: tuple[str, ...] = ()  # what `do` reads beside the row, fetched with it


def register(
    model: type[Work],
    do: Callable[[Any], datetime | None],
    give_up: Callable[[Any, NetworkError], None],
    *related: str,
) -> None:
    """Make known how rows of a model are worked on; called by each room's `tasks`."""
    _kinds[model._meta.label] = Kind(model, do, give_up, related)


def kinds() -> dict[str, Kind]:
    """Every kind of work by the label of its model."""
    return dict(_kinds)


def ring(row: Work) -> None:
    """Wake a worker for this row once the transaction has ended.

    A queue that cannot be reached is no fault of whoever wrote the row: `wake` finds it within minutes.
    """
    label, pk = row._meta.label, row.pk
    transaction.on_commit(lambda: _bell.ring(label, pk))


@db_task()
def _answer_bell(label: str, pk: int) -> None:
    work_on(label, pk, now=timezone.now())


class _Bell:
    """The queue, left alone for a while once it could not be reached, so that no page waits for it twice."""

    rest = 10.0

    def __init__(self) -> None:
        self._resting_until = 0.0

    def ring(self, label: str, pk: int) -> bool:
        """Whether the queue took it."""
        if time.monotonic() < self._resting_until:
            return False
        try:
            _answer_bell(label, pk)
        except Exception as fault:  # noqa: BLE001 each queue has its own faults, none may reach the page
            self._resting_until = time.monotonic() + self.rest
            log.warning("the queue cannot be reached (%s); %s %s waits for the clock", fault, label, pk)
            return False
        return True


_bell = _Bell()


def pause(attempts: int, asked: float | None) -> timedelta:
    """How long to wait: 30 seconds, doubled with each try up to 6 hours, never less than asked."""
    growing = min(30.0 * 2 ** max(attempts - 1, 0), 6 * 3600.0)
    return timedelta(seconds=max(growing, asked or 0.0))


def lease_over(now: datetime) -> datetime:
    """When nobody can be at work any more on a row taken until now: they have ended, or they are dead."""
    return now + timedelta(seconds=settings.LEASE_SECONDS)


def work_on(label: str, pk: int, *, now: datetime) -> bool:
    """Do what a row waits for, if it is due and nobody else has it. Says whether it was done.

    What else asks for the row meanwhile, by moving its `due_at`, is kept. A fault of our own is tried
    again and given up as a network's is, and raised, so that it is seen.
    """
    kind = _kinds[label]
    lease = lease_over(now)
    taken = kind.model._default_manager.filter(pk=pk, due_at__lte=now).update(
        due_at=lease, attempts=models.F("attempts") + 1, tries=models.F("tries") + 1
    )
    if not taken:
        return False
    row = kind.model._default_manager.select_related(*kind.related).get(pk=pk)
    try:
        due = kind.do(row)
    except NetworkError as error:
        _try_again(kind, row, error, now=now, lease=lease)
        return False
    except Exception as fault:
        _try_again(kind, row, OwnFault(f"{type(fault).__name__}: {fault}"), now=now, lease=lease)
        raise
    ours = kind.model._default_manager.filter(pk=pk, due_at=lease)
    ours.update(due_at=due, attempts=0, **NO_TROUBLE)
    return True


def _try_again(kind: Kind, row: Work, error: NetworkError, *, now: datetime, lease: datetime) -> None:
    """Later, or never: what will not pass, and what did not pass for too long, is given up."""
    rows = kind.model._default_manager.filter(pk=row.pk)
    rows.update(**trouble(error))
    if isinstance(error, Retryable) and row.attempts < ATTEMPTS_MOST:
        rows.filter(due_at=lease).update(due_at=now + pause(row.attempts, error.after))
        return
    try:
        kind.give_up(row, error)
    except WrongMove as moved:
        log.info("nothing to give up: %s", moved)
    rows.filter(due_at=lease).update(due_at=None, attempts=0)


def sweep(*, now: datetime, only: set[str] | None = None, share: tuple[int, int] = (0, 1)) -> dict[str, int]:
    """Do all that is due, in order of time; returns how many rows of each kind were worked on.

    `share` (i, n) leaves to others what is not the i-th of n parts, so that n processes may sweep at once.
    """
    done: dict[str, int] = {}
    for label, kind in _kinds.items():
        if only is not None and label not in only:
            continue
        due = kind.model._default_manager.filter(due_at__lte=now).order_by("due_at")
        part, parts = share
        for pk in [pk for pk in due.values_list("pk", flat=True) if pk % parts == part]:
            _work_alone(label, pk, now=now)
            done[label] = done.get(label, 0) + 1
    return done


def wake(*, now: datetime, most: int = 1000, seconds: float = 40.0) -> int:
    """Ring for what is due and the bell missed, longest waiting first; returns how many rows.

    No more than `most` wait in the queue at once. What the queue does not take is done here, for
    about so many `seconds`, so that nothing waits for a queue to come back.
    """
    first = heapq.nsmallest(most, _all_due(now, most))
    room = most - _waiting_in_queue()
    end = time.monotonic() + seconds
    woken = 0
    for _due_at, label, pk in first[: max(room, 0)]:
        if not _bell.ring(label, pk):
            if time.monotonic() > end:
                break
            _work_alone(label, pk)
        woken += 1
    return woken


def _all_due(now: datetime, most: int) -> list[tuple[datetime, str, int]]:
    found: list[tuple[datetime, str, int]] = []
    for label, kind in _kinds.items():
        due = kind.model._default_manager.filter(due_at__lte=now).order_by("due_at")
        found += [(due_at or now, label, pk) for due_at, pk in due.values_list("due_at", "pk")[:most]]
    return found


def _waiting_in_queue() -> int:
    try:
        return int(HUEY.pending_count())
    except Exception as fault:  # noqa: BLE001 as in `_Bell`
        log.warning("the queue cannot be reached (%s)", fault)
        return 0


def _work_alone(label: str, pk: int, now: datetime | None = None) -> None:
    try:
        work_on(label, pk, now=now or timezone.now())
    except Exception:
        log.exception("work on %s %s failed", label, pk)
