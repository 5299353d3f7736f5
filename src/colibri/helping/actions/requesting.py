"""A request's way to its helper: asked, paired, offered, passed on when it stalls."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from colibri.common.states import WrongMove
from colibri.common.work import ring
from colibri.compute.pairing import fitting, pair, reasons
from colibri.helping.models import PROPOSAL, REQUEST, HelpRequest, Mentorship, NextStep, Proposal, Remark
from colibri.helping.queries import table_of
from colibri.networks.errors import NetworkError
from colibri.networks.plain import plain
from colibri.people.actions import give_role, notify
from colibri.people.models import Account, Collective

__all__ = [
    "FIRST_ANSWER",
    "TooManyAsked",
    "ask_for_help",
    "forget_old_requests",
    "give_up_request",
    "pair_collective",
    "pass_on",
    "tend_request",
    "wake_waiting",
]

FIRST_ANSWER = timedelta(hours=48)
"""How long a helper has to say yes or no, and again to write the first words."""
LOOKED_AGAIN = timedelta(hours=1)
"""Whoever found nobody is looked for again after so long, with all who wait."""
KEPT = timedelta(days=30)
"""So long after its end what the two wrote is forgotten."""
A_DAY, ASKED_MOST = timedelta(days=1), 8
"""What somebody may ask for within a day: each time a helper gets a mail."""


class TooManyAsked(Exception):
    """Somebody asked, and ended what they asked for, again and again."""


@transaction.atomic
def ask_for_help(
    collective: Collective, account: Account, kind: str, *, now: datetime, **told: Any
) -> HelpRequest:
    """Ask for one thing; the same thing asked for again while it is open is the request there is.

    Raises `TooManyAsked`.
    """
    told |= {"words": plain(told.get("words", "")), "text": plain(told.get("text", ""))}
    found, made = HelpRequest.objects.exclude(state="closed").get_or_create(
        collective=collective, account=account, kind=kind, defaults={**told, "created_at": now, "due_at": now}
    )
    if made:
        if HelpRequest.objects.filter(account=account, created_at__gt=now - A_DAY).count() > ASKED_MOST:
            raise TooManyAsked
        give_role(account, collective, "seeker")
        ring(found)
    return found


def tend_request(request: HelpRequest) -> datetime | None:
    """What a request waits for: to be paired, or to be passed on because nobody answered in time."""
    now = timezone.now()
    if request.state in ("offered", "accepted"):
        pass_on(request, why="silent" if request.state == "offered" else "vanished", now=now)
    if HelpRequest.objects.filter(pk=request.pk, state="waiting").exists():
        pair_collective(request.collective, now=now)
    request.refresh_from_db()
    return _next_look(request, now)


def _next_look(request: HelpRequest, now: datetime) -> datetime | None:
    if request.state == "waiting":
        return now + LOOKED_AGAIN
    if request.state == "offered":
        asked = request.proposals.filter(state="open").first()
        return (asked.asked_at if asked else now) + FIRST_ANSWER
    if request.state == "accepted" and request.accepted_at is not None:
        return request.accepted_at + FIRST_ANSWER
    return None


def give_up_request(request: HelpRequest, error: NetworkError) -> None:
    """Never for good: it is looked at again, and its trouble stays written."""
    HelpRequest.objects.filter(pk=request.pk).update(attempts=0)


@transaction.atomic
def pair_collective(collective: Collective, *, now: datetime) -> int:
    """Ask a helper for everybody who waits and can be helped now; returns how many were asked.

    One at a time per collective, so that nobody is asked beyond what they offered.
    """
    Collective.objects.select_for_update().get(pk=collective.pk)
    table = table_of(collective, now=now)
    if not table.requests:
        return 0
    candidates = fitting(table.seekers, table.helpers, apart=table.apart)
    chosen = pair(candidates).helper
    numbers = {table.requests[one].pk for one in candidates.nobody.tolist()}
    waiting = HelpRequest.objects.filter(pk__in=[one.pk for one in table.requests])
    waiting.filter(pk__in=numbers, nobody=False).update(nobody=True)
    waiting.exclude(pk__in=numbers).filter(nobody=True).update(nobody=False)
    # All were looked at together: one of them is enough to look again for everybody.
    waiting.filter(due_at__lte=now).update(due_at=now + LOOKED_AGAIN, attempts=0)
    asked = 0
    for place, other in enumerate(chosen.tolist()):
        if other >= 0:
            why = list(reasons(table.seekers, table.helpers, place, other))
            asked += _propose(table.requests[place], table.givings[other].pk, why, now)
    return asked


def _propose(request: HelpRequest, giving: int, why: list[str], now: datetime) -> bool:
    try:
        with transaction.atomic():
            REQUEST.move(request, "offered", due_at=now + FIRST_ANSWER)
            made = Proposal.objects.create(request=request, giving_id=giving, reasons=why, asked_at=now)
    except (WrongMove, IntegrityError):
        return False  # withdrawn, or taken, meanwhile
    notify(made.giving.account, "help_proposed", made.pk, now=now)
    return True


@transaction.atomic
def pass_on(request: HelpRequest, *, why: str, now: datetime) -> None:
    """Look for somebody else, keeping the time waited so far, and tell the seeker the truth.

    `why` is what became of the helper's part: silent, declined, left or vanished. Raises `WrongMove`.
    """
    kept = {"giving": None, "accepted_at": None, "answered_at": None, "due_at": now, "attempts": 0}
    helped = request.state in ("accepted", "answered")
    REQUEST.move(request, "waiting", **kept, passed_on=request.passed_on + 1)
    part = request.proposals.filter(state="accepted" if helped else "open").first()
    if part is not None:
        _end_part(part, why, now)
    if why != "declined":
        notify(request.account, "help_passed_on", request.pk, once=str(request.passed_on), now=now)
    ring(request)


def _end_part(part: Proposal, why: str, now: datetime) -> None:
    if why == "silent":
        PROPOSAL.move(part, "silent", ended_at=now)
    elif why == "declined":
        PROPOSAL.move(part, "declined", ended_at=now)
    elif why == "left":
        PROPOSAL.move(part, "left", ended_at=now)
    else:
        PROPOSAL.move(part, "vanished", ended_at=now)


def wake_waiting(collective: Collective, *, now: datetime) -> None:
    """Somebody can help again: whoever waits is looked at now."""
    first = HelpRequest.objects.filter(collective=collective, state="waiting").order_by("created_at").first()
    if first is not None:
        HelpRequest.objects.filter(pk=first.pk).update(due_at=now, attempts=0)
        ring(first)


@transaction.atomic
def forget_old_requests(*, now: datetime) -> int:
    """What was written in requests that ended a month ago; that there was one stays. Returns how many."""
    old = HelpRequest.objects.filter(state="closed", closed_at__lt=now - KEPT, forgotten=False)
    numbers = list(old.values_list("pk", flat=True))
    Remark.objects.filter(request__in=numbers).delete()
    NextStep.objects.filter(mentorship__request__in=numbers).delete()
    Mentorship.objects.filter(request__in=numbers).update(aim=None)
    return HelpRequest.objects.filter(pk__in=numbers).update(words="", text="", forgotten=True)
