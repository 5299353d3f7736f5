"""Who talks with whom: asking, answering, leaving, keeping apart."""

from datetime import datetime

from django.db import transaction

from colibri.common.states import WrongMove
from colibri.conversations.models import CONVERSATION, MEMBER, Conversation, Keyring, Member
from colibri.conversations.queries import conversation_between, may_meet
from colibri.people.actions import block, notify
from colibri.people.models import Account, Collective

__all__ = [
    "MOST_MEMBERS",
    "MayNot",
    "NoKeys",
    "TooManyAsked",
    "answer",
    "forget_person",
    "keep_apart",
    "leave",
    "mute",
    "propose",
    "take_back",
]

MOST_MEMBERS = 5
WAITING_MOST = 20
"""Somebody has asked for so many conversations at most that nobody answered yet."""


class MayNot(Exception):
    """These people do not meet here."""


class NoKeys(Exception):
    """Somebody has no keys yet."""


class TooManyAsked(Exception):
    """Too many people for one conversation, or too many conversations that wait for a yes."""


@transaction.atomic
def propose(collective: Collective, by: Account, others: list[Account], *, now: datetime) -> Conversation:
    """Ask people whether they want to talk. Raises `NoKeys`, `MayNot`, `TooManyAsked`.

    Two people who talk already, or were asked to, get that conversation again.
    """
    keyring = Keyring.objects.filter(account=by).first()
    if keyring is None:
        raise NoKeys
    if not others or len(others) >= MOST_MEMBERS:
        raise TooManyAsked
    if not all(may_meet(by, other, collective) for other in others):
        raise MayNot
    if len(others) == 1 and (known := conversation_between(by, others[0], collective)):
        return known
    if Conversation.objects.filter(begun_by=by, state="proposed").count() >= WAITING_MOST:
        raise TooManyAsked
    made = Conversation.objects.create(collective=collective, begun_by=by, made_at=now, last_at=now)
    made.keyrings.add(keyring)
    Member.objects.create(conversation=made, account=by, state="in", answered_at=now)
    for other in others:
        asked = Member.objects.create(conversation=made, account=other)
        notify(other, "conversation_proposed", asked.pk, now=now)
    return made


@transaction.atomic
def answer(member: Member, *, yes: bool, now: datetime) -> None:
    """Take part, or say no; the last answer opens the conversation. Raises `NoKeys`, `WrongMove`."""
    keyring = Keyring.objects.filter(account=member.account_id).first()
    if yes and keyring is None:
        raise NoKeys
    if yes and keyring is not None:
        MEMBER.move(member, "in", answered_at=now)
        member.conversation.keyrings.add(keyring)
    else:
        MEMBER.move(member, "declined", answered_at=now)
    _settle(member.conversation, now)


@transaction.atomic
def take_back(conversation: Conversation, *, now: datetime) -> None:
    """Ask no longer: whoever has not answered is not waited for. Raises `WrongMove` where all have."""
    waiting = list(conversation.members.filter(state="invited"))
    if not waiting:
        raise WrongMove(conversation, "open")
    for member in waiting:
        MEMBER.move(member, "declined", answered_at=now)
    _settle(conversation, now)


@transaction.atomic
def leave(member: Member, *, now: datetime) -> None:
    """Take part no longer. When everybody has left, nothing of it stays. Raises `WrongMove`."""
    MEMBER.move(member, "left", answered_at=now)
    _settle(member.conversation, now)


@transaction.atomic
def keep_apart(member: Member, other: Account, known_as: str, *, now: datetime) -> None:
    """Block somebody of the conversation, and leave it. Raises `WrongMove`."""
    block(member.account, member.conversation.collective, person=other, known_as=known_as)
    leave(member, now=now)


@transaction.atomic
def forget_person(account: Account, *, now: datetime) -> None:
    """Somebody goes for good: out of every conversation, their vault and what opens it erased.

    Their public keys stay as long as a conversation in which they signed.
    """
    for member in Member.objects.filter(account=account).select_related("conversation"):
        if member.state == "in":
            leave(member, now=now)
        elif member.state == "invited":
            answer(member, yes=False, now=now)
    keyring = Keyring.objects.filter(account=account).first()
    if keyring is not None:
        keyring.wraps.all().delete()
        Keyring.objects.filter(pk=keyring.pk).update(vault="", changed_at=now)
        if not keyring.conversations.exists():
            keyring.delete()


def mute(member: Member, *, on: bool) -> None:
    """Send no mails about this conversation, or send them again."""
    Member.objects.filter(pk=member.pk).update(muted=on)


def _settle(conversation: Conversation, now: datetime) -> None:
    """Open it once all have answered; close it when fewer than two are left; then erase it with the last."""
    conversation = Conversation.objects.select_for_update().get(pk=conversation.pk)
    states = list(conversation.members.values_list("state", flat=True))
    if "invited" not in states and states.count("in") >= 2 and conversation.state == "proposed":
        CONVERSATION.move(conversation, "open", last_at=now)
        for member in conversation.members.filter(state="in").exclude(account=conversation.begun_by):
            _tell_beginner(conversation, member, now)
    elif "invited" not in states and states.count("in") < 2 and conversation.state != "closed":
        CONVERSATION.move(conversation, "closed", closed_at=now)
    if not {"in", "invited"} & set(states):
        conversation.delete()


def _tell_beginner(conversation: Conversation, member: Member, now: datetime) -> None:
    beginner = conversation.members.filter(account=conversation.begun_by, state="in").first()
    if beginner is not None and beginner.pk != member.pk:
        notify(beginner.account, "conversation_opened", beginner.pk, now=now)
