"""Work in the background: the row is the truth, the queue only a doorbell.

A row that waits for work has a `due_at`; whoever does it first takes a lease by moving `due_at`
ahead, so that a worker killed in the middle only delays it. `sweep` finds what the bell missed.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from huey.contrib.djhuey import task

from colibri.networks.errors import NetworkError, Retryable

__all__ = ["Kind", "Work", "kinds", "pause", "register", "ring", "sweep", "work_on"]

log = logging.getLogger(__name__)

ATTEMPTS_MOST = 8
_kinds: dict[str, "Kind"] = {}


class Work(models.Model):
    """A row that can wait for work: `attempts` since it last went well, `tries` in all."""

    due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveIntegerField(default=0, editable=False)
    problem = models.CharField(max_length=300, blank=True)

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


def register(
    model: type[Work], do: Callable[[Any], datetime | None], give_up: Callable[[Any, NetworkError], None]
) -> None:
    """Make known how rows of a model are worked on; called by each room's `tasks`."""
    _kinds[model._meta.label] = Kind(model, do, give_up)


def kinds() -> dict[str, Kind]:
    """Every kind of work by the label of its model."""
    return dict(_kinds)


def ring(row: Work) -> None:
    """Wake a worker for this row once the transaction has ended."""
    label, pk = row._meta.label, row.pk
    transaction.on_commit(lambda: _answer_bell(label, pk))


@task()
def _answer_bell(label: str, pk: int) -> None:
    work_on(label, pk, now=timezone.now())


def pause(attempts: int, asked: float | None) -> timedelta:
    """How long to wait after so many tries: 30 seconds, doubled each time up to 6 hours, never less than asked."""
    growing = min(30.0 * 2 ** max(attempts - 1, 0), 6 * 3600.0)
    return timedelta(seconds=max(growing, asked or 0.0))


def work_on(label: str, pk: int, *, now: datetime) -> bool:
    """Do what a row waits for, if it is due and nobody else has it. Says whether it was done."""
    kind = _kinds[label]
    lease = now + timedelta(seconds=settings.LEASE_SECONDS)
    taken = kind.model._default_manager.filter(pk=pk, due_at__lte=now).update(
        due_at=lease, attempts=models.F("attempts") + 1, tries=models.F("tries") + 1
    )
    if not taken:
        return False
    row = kind.model._default_manager.get(pk=pk)
    rows = kind.model._default_manager.filter(pk=pk)
    try:
        due = kind.do(row)
    except Retryable as error:
        if row.attempts >= ATTEMPTS_MOST:
            kind.give_up(row, error)
            rows.update(due_at=None, problem=str(error)[:300])
        else:
            rows.update(due_at=now + pause(row.attempts, error.after), problem=str(error)[:300])
        return False
    except NetworkError as error:
        kind.give_up(row, error)
        rows.update(due_at=None, problem=str(error)[:300])
        return False
    rows.update(due_at=due, attempts=0, problem="")
    return True


def sweep(*, now: datetime, only: set[str] | None = None) -> dict[str, int]:
    """Do all that is due, in order of time; returns how many rows of each kind were worked on."""
    done: dict[str, int] = {}
    for label, kind in _kinds.items():
        if only is not None and label not in only:
            continue
        due = kind.model._default_manager.filter(due_at__lte=now).order_by("due_at")
        for pk in list(due.values_list("pk", flat=True)):
            try:
                work_on(label, pk, now=now)
            except Exception:
                log.exception("work on %s %s failed", label, pk)
            done[label] = done.get(label, 0) + 1
    return done
