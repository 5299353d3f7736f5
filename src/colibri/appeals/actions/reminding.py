"""Before a message's time is over, and when it is, its author is asked whether they still look."""

from datetime import datetime, timedelta

from django.db.models import Q

from colibri.appeals.actions.notes import plan_note
from colibri.appeals.models import Appeal
from colibri.people.actions import notify

__all__ = ["EARLY", "remind_authors"]

EARLY = timedelta(days=3)
"""So long before the end they hear of it."""


def remind_authors(*, now: datetime) -> int:
    """Ask by mail, or where there is no address by a note on the network; returns how many were asked."""
    nearly = Q(state__in=["active", "paused"], expires_at__range=(now, now + EARLY), reminded="")
    over = Q(state="expired", expires_at__gt=now - EARLY) & ~Q(reminded="over")
    asked = 0
    searches = Appeal.objects.filter(nearly | over, kind="search")
    for appeal in searches.select_related("account", "identity", "collective"):
        stage = "over" if appeal.state == "expired" else "early"
        if not Appeal.objects.filter(pk=appeal.pk).exclude(reminded=stage).update(reminded=stage):
            continue  # another clock was first
        if appeal.account is not None and appeal.account.email:
            once = f"{appeal.expires_at:%Y-%m-%d} {stage}"
            notify(appeal.account, "appeal_ends", appeal.pk, once=once, now=now)
        elif stage == "early":  # one note on the network is enough
            plan_note(appeal, "reminder", now=now)
        asked += 1
    return asked
