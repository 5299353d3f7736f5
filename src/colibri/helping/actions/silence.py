"""Helpers who fall silent: noticed, gently asked, relieved and thanked. The seeker is told the truth."""

from datetime import datetime, timedelta

from django.db import transaction

from colibri.common.states import WrongMove
from colibri.helping.actions.giving import pause_giving
from colibri.helping.models import GIVING, Giving, HelpRequest
from colibri.helping.queries import last_word, waits_for_helper
from colibri.people.actions import notify
from colibri.people.models import Notice

__all__ = ["notice_silence"]

SILENCE = timedelta(days=5)
"""Somebody waits for a helper's word for so long, and nothing at all is heard of them."""
PATIENCE = timedelta(days=2)
"""How long the gentle question waits for its answer."""
UNANSWERED = 2
"""So many requests in a row without a yes or no are a silence too, and one yes without a word after it."""


def notice_silence(*, now: datetime) -> tuple[int, int]:
    """Ask helpers who fell silent, relieve those who did not answer; returns how many of each."""
    asked = relieved = 0
    for giving in Giving.objects.filter(state="standing").select_related("account"):
        if _is_silent(giving, now):
            asked += _ask(giving, now)
    late = Giving.objects.filter(state="asked").select_related("account", "collective")
    for giving in late:
        if _came_back(giving):
            GIVING.move(giving, "standing", asked_at=None, seen_at=giving.account.last_login)
        elif giving.asked_at is not None and (giving.asked_at <= now - PATIENCE or _bounced(giving)):
            relieved += _relieve(giving, now)
    return asked, relieved


def _is_silent(giving: Giving, now: datetime) -> bool:
    open_requests = HelpRequest.objects.filter(giving=giving, state__in=["accepted", "answered"])
    waiting = [one for one in open_requests if waits_for_helper(one)]
    heard = max(filter(None, (giving.seen_at, giving.account.last_login)))
    if any(_waits_since(one) <= now - SILENCE for one in waiting) and heard <= now - SILENCE:
        return True
    if waiting and _bounced(giving):
        return True
    ended = giving.proposals.filter(ended_at__gt=heard).order_by("-ended_at")[:UNANSWERED]
    states = [one.state for one in ended]
    return "vanished" in states[:1] or states == ["silent"] * UNANSWERED


def _waits_since(request: HelpRequest) -> datetime:
    word = last_word(request) if request.state == "answered" else None
    return word.written_at if word is not None else request.accepted_at or request.created_at


def _bounced(giving: Giving) -> bool:
    """Whether the last mail to them could not be delivered."""
    last = Notice.objects.filter(account=giving.account).exclude(state="planned").order_by("-pk").first()
    return last is not None and last.state == "dropped" and bool(last.fault)


def _came_back(giving: Giving) -> bool:
    login = giving.account.last_login
    return giving.asked_at is not None and login is not None and login > giving.asked_at


@transaction.atomic
def _ask(giving: Giving, now: datetime) -> int:
    try:
        GIVING.move(giving, "asked", asked_at=now)
    except WrongMove:
        return 0
    notify(giving.account, "help_silent", giving.pk, once=f"{now:%Y-%m-%d}", now=now)
    return 1


@transaction.atomic
def _relieve(giving: Giving, now: datetime) -> int:
    try:
        pause_giving(giving, silent=True, now=now)
    except WrongMove:
        return 0
    notify(giving.account, "help_thanked", giving.pk, once=f"{now:%Y-%m-%d}", now=now)
    return 1
