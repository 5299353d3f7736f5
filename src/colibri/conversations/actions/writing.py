"""Taking in what was sealed: messages at their place, files, erasures, reports."""

import json
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Sum

from colibri.conversations.documents import BadDocument, digest_of, holds, read_key, read_statement
from colibri.conversations.models import Conversation, File, Keyring, Member, Message, Report
from colibri.conversations.queries import in_touch
from colibri.people.actions import notify
from colibri.people.models import Account
from colibri.people.queries import animators_of

__all__ = [
    "FILE_MOST",
    "MESSAGE_MOST",
    "Behind",
    "Closed",
    "TooMuch",
    "close_report",
    "erase_message",
    "keep_file",
    "note_read",
    "post_message",
    "report",
]

MESSAGE_MOST = 64 * 1024
FILE_MOST = 6 * 1024 * 1024
"""Bytes sealed; browsers take files of five megabytes."""
FILES_MOST = 100 * 1024 * 1024
"""Bytes of files in one conversation."""
QUIET = timedelta(minutes=10)
"""Whoever reads within this time gets no mail."""


class Behind(Exception):
    """Somebody else wrote at this place first."""


class Closed(Exception):
    """Nobody can write here any more, or not this person."""


class TooMuch(Exception):
    """Larger than what is taken."""


@transaction.atomic
def post_message(member: Member, number: int, sealed: bytes, *, now: datetime) -> Message:
    """Keep a sealed message at its place. Raises `Behind`, `Closed`, `TooMuch`."""
    if not sealed or len(sealed) > MESSAGE_MOST:
        raise TooMuch
    conversation, sender = _may_write(member)
    place = Conversation.objects.filter(pk=conversation.pk, state="open", length=number - 1)
    if not place.update(length=number, last_at=now):
        raise Behind
    try:
        with transaction.atomic():
            message = Message.objects.create(
                conversation=conversation,
                number=number,
                sender=member.account,
                sender_key=sender.public_id,
                sealed=sealed,
                digest=digest_of(sealed),
                sent_at=now,
            )
    except IntegrityError as fault:
        raise Behind from fault
    _tell_others(member, number, now)
    return message


def keep_file(member: Member, sealed: bytes, *, now: datetime) -> File:
    """Keep a sealed file until a message names it. Raises `Closed`, `TooMuch`."""
    conversation, _sender = _may_write(member)
    held = conversation.files.aggregate(all=Sum("size"))["all"] or 0
    if not sealed or len(sealed) > FILE_MOST or held + len(sealed) > FILES_MOST:
        raise TooMuch
    return File.objects.create(
        conversation=conversation, sender=member.account, sealed=sealed, size=len(sealed), sent_at=now
    )


@transaction.atomic
def erase_message(member: Member, number: int, files: list[str], *, now: datetime) -> bool:
    """Erase what the member wrote at this place, and the files it named; false where nothing was theirs."""
    own = {"conversation": member.conversation, "sender": member.account}
    erased = Message.objects.filter(number=number, erased_at=None, **own).update(sealed=b"", erased_at=now)
    if erased:
        File.objects.filter(public_id__in=files[:20], **own).delete()
    return bool(erased)


def note_read(member: Member, number: int) -> None:
    """The member has seen everything up to this message."""
    Member.objects.filter(pk=member.pk, read_to__lt=number).update(
        read_to=min(number, member.conversation.length)
    )


def report(
    member: Member, about: Account, shown: list[dict[str, str]], word: str, *, now: datetime
) -> Report:
    """Show the animators messages of somebody. Raises `BadDocument` where they are of another place."""
    proved = all(_is_proved(member.conversation, about, one) for one in shown)
    made = Report.objects.create(
        conversation=member.conversation,
        by=member.account,
        about=about,
        shown=json.dumps(shown, ensure_ascii=False),
        word=word,
        proved=bool(shown) and proved,
        made_at=now,
    )
    for role in animators_of(member.conversation.collective):
        notify(role.account, "conversation_reported", made.pk, now=now)
    return made


def close_report(found: Report, *, now: datetime) -> None:
    """It was looked at: what was shown is forgotten, that there was a report stays."""
    Report.objects.filter(pk=found.pk, closed_at=None).update(closed_at=now)
    found.refresh_from_db()
    found.shown, found.word = "[]", ""
    found.save(update_fields=["shown", "word"])


def _is_proved(conversation: Conversation, about: Account, one: dict[str, str]) -> bool:
    said = read_statement(one["body"])
    keyring = Keyring.objects.filter(account=about).first()
    if said.conversation != conversation.public_id:
        raise BadDocument("of another conversation")
    if keyring is None or said.sender != keyring.public_id:
        return False
    keys = [read_key(entry.document).verify for entry in keyring.entries.all()]
    return any(holds(verify, one["signature"], one["body"]) for verify in keys)


def _may_write(member: Member) -> tuple[Conversation, Keyring]:
    """The conversation and the sender's keyring. Raises `Closed`."""
    here = Member.objects.select_related("conversation").filter(pk=member.pk, state="in").first()
    sender = Keyring.objects.filter(account=member.account_id).first()
    if here is None or sender is None or here.conversation.state != "open" or not in_touch(here):
        raise Closed
    return here.conversation, sender


def _tell_others(member: Member, number: int, now: datetime) -> None:
    """Mail whoever had read everything before this message: one mail for all they have not read."""
    others = Member.objects.filter(
        conversation=member.conversation_id, state="in", muted=False, read_to=number - 1
    ).exclude(pk=member.pk)
    for other in others.select_related("account"):
        notify(other.account, "conversation_waiting", other.pk, once=str(number), now=now + QUIET)
    note_read(Member.objects.select_related("conversation").get(pk=member.pk), number)
