"""The work of federation: what was received, what is announced, and servers to be written to."""

import threading
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime

from django.db import connection
from django.utils import timezone
from huey.contrib.djhuey import db_task

from colibri.common import work
from colibri.federation.actions.acting import act_upon, give_up
from colibri.federation.actions.actors import ensure_actors
from colibri.federation.actions.announcing import give_up_announcement, work_on_announcement
from colibri.federation.actions.inviting import give_up_invitation, send_invitation
from colibri.federation.actions.receiving import forget_old
from colibri.federation.actions.reports import forget_reports
from colibri.federation.actions.sending import drop_stale, send_waiting, suspend, wake_stranded
from colibri.federation.models import Announcement, Incoming, Invitation, Server

__all__ = ["WIDTH", "deliver_due", "tend"]

WIDTH = 16
"""Servers one process writes to at once."""
SECONDS = 50.0
MANY = 8
"""So many servers waiting are written to side by side, fewer by the workers at hand."""

work.register(Incoming, act_upon, give_up)
work.register(Announcement, work_on_announcement, give_up_announcement, "appeal", "identity__credential")
work.register(Invitation, send_invitation, give_up_invitation, "collective", "identity")
work.register(Server, send_waiting, suspend)

_delivering = threading.Lock()


def tend(*, now: datetime) -> None:
    """What time alone brings about: actors made where they are missing, old news dropped, servers woken."""
    ensure_actors(now=now)
    forget_old(now=now)
    forget_reports(now=now)
    drop_stale(now=now)
    wake_stranded(now=now)
    if Server.objects.filter(due_at__lte=now).count() > MANY:
        deliver_side_by_side()


@db_task()
def deliver_side_by_side() -> None:
    deliver_due()


def deliver_due(*, width: int = WIDTH, seconds: float = SECONDS) -> int:
    """Write to all servers that are due, so many at once, until none is or the time is over.

    Returns how many turns were taken. Does nothing where this process is at it already. The slow and the dead
    hold one place each while they are asked; everybody else's letters go through the others.
    """
    if not _delivering.acquire(blocking=False):
        return 0
    end = time.monotonic() + seconds
    turns = 0
    busy: dict[Future[None], int] = {}
    try:
        with ThreadPoolExecutor(width, thread_name_prefix="deliver") as pool:
            while time.monotonic() < end:
                free = width - len(busy)
                due = Server.objects.filter(due_at__lte=timezone.now(), blocked_at=None)
                waiting = due.exclude(pk__in=busy.values()).order_by("due_at")
                for pk in list(waiting.values_list("pk", flat=True)[:free]):
                    busy[pool.submit(_take_turn, pk)] = pk
                    turns += 1
                if not busy:
                    break
                for done in wait(busy, timeout=1.0, return_when=FIRST_COMPLETED).done:
                    del busy[done]
                    done.result()
        return turns
    finally:
        _delivering.release()


def _take_turn(pk: int) -> None:
    try:
        work.work_on(Server._meta.label, pk, now=timezone.now())
    finally:
        connection.close()
