"""Asking people now and then what became of their search, by the way they prefer, until they say stop."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from colibri.appeals.actions.notes import plan_note
from colibri.appeals.actions.reminding import EARLY
from colibri.appeals.models import Appeal
from colibri.compute.survival import QUESTIONS, WAITED
from colibri.impact.models import FOLLOW_UP, FollowUp
from colibri.networks.errors import NetworkError
from colibri.people.actions import notify

__all__ = ["ask", "begin_asking", "choose_channel", "give_up_asking", "hear_sign", "stop_asking"]


def begin_asking(appeal: Appeal, *, now: datetime) -> FollowUp | None:
    """A search is relayed: its person is asked after two weeks for the first time. Causes are not asked."""
    if appeal.kind != "search":
        return None
    found, _made = FollowUp.objects.get_or_create(
        appeal=appeal, defaults={"began_at": now, "due_at": now + timedelta(days=QUESTIONS[0])}
    )
    return found


def ask(follow_up: FollowUp) -> datetime | None:
    """Ask what is due, once; returns when the next question is. After long silence of ours, one is enough."""
    now = timezone.now()
    if follow_up.state != "going":
        return None
    age = now - follow_up.began_at
    due = sum(timedelta(days=day) <= age for day in QUESTIONS)
    with transaction.atomic():
        fresh = FollowUp.objects.filter(pk=follow_up.pk, state="going", asked__lt=due)
        if fresh.update(asked=due, asked_at=now) and not _reminded(follow_up.appeal, now=now):
            _send(follow_up, due, now=now)
    if due < len(QUESTIONS):
        return follow_up.began_at + timedelta(days=QUESTIONS[due])
    end = follow_up.began_at + timedelta(days=QUESTIONS[-1] + WAITED)
    if now < end:
        return end
    FOLLOW_UP.move(follow_up, "over")
    return None


def _reminded(appeal: Appeal, *, now: datetime) -> bool:
    """Whether they are being asked these very days if they still look: twice in a week is too often."""
    return bool(appeal.reminded) and appeal.expires_at is not None and abs(now - appeal.expires_at) <= EARLY


def _send(follow_up: FollowUp, number: int, *, now: datetime) -> None:
    """By mail, or by a private note on the network where there is no address or that is preferred."""
    account = follow_up.appeal.account
    wants_note = follow_up.channel == "note" and follow_up.appeal.identity is not None
    if account is not None and account.email and not wants_note:
        notify(account, "follow_up", follow_up.pk, once=str(number), now=now)
    else:
        plan_note(follow_up.appeal, "follow_up", now=now)


def give_up_asking(follow_up: FollowUp, error: NetworkError) -> None:
    """Asking is a matter of our own rows: what keeps failing is seen by operators, and waits for them."""
    FollowUp.objects.filter(pk=follow_up.pk).update(due_at=None)


def hear_sign(follow_up: FollowUp, *, now: datetime) -> None:
    """Its person says that they still look."""
    FollowUp.objects.filter(pk=follow_up.pk).update(heard_at=now)
    follow_up.heard_at = now


def stop_asking(follow_up: FollowUp) -> None:
    """Ask no more, as its person wishes. Raises `WrongMove` where the outcome is known."""
    FOLLOW_UP.move(follow_up, "stopped", due_at=None)


def choose_channel(follow_up: FollowUp, channel: str) -> None:
    """Ask by mail or by a private note from now on."""
    FollowUp.objects.filter(pk=follow_up.pk).update(channel=channel)
    follow_up.channel = channel
