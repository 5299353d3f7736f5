"""A cause's way: begun in a group, made public, moved to another date, told to its end."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from colibri.appeals.actions.lifecycle import close_appeal
from colibri.appeals.models import APPEAL, Appeal, Message
from colibri.causes.models import Ally, Cause, Material, News
from colibri.causes.queries import OPEN, TOLD
from colibri.networks.plain import plain, plain_line
from colibri.people.actions import give_consent, notify
from colibri.people.models import Account, Collective
from colibri.people.queries import animators_of
from colibri.relays.queries import relays_of_appeal

__all__ = [
    "TooManyCauses",
    "ask_endings",
    "begin_cause",
    "change_cause",
    "drop_material",
    "give_up_cause",
    "join_cause",
    "keep_material",
    "leave_cause",
    "publish_cause",
    "tell_end",
    "write_news",
]

CAUSES_MOST = 3
"""Somebody has so many open causes at most."""


class TooManyCauses(Exception):
    """Three at once are enough for anybody."""


@transaction.atomic
def begin_cause(
    collective: Collective, account: Account, *, title: str, text: str, now: datetime, **words: object
) -> Cause:
    """A private group of one, who can invite. Raises `TooManyCauses`."""
    open_ones = Appeal.objects.filter(kind="cause", account=account, state__in=OPEN)
    if open_ones.count() >= CAUSES_MOST:
        raise TooManyCauses
    appeal = Appeal.objects.create(
        collective=collective,
        kind="cause",
        account=account,
        title=plain_line(title),
        language=account.language or "fr",
        accepts_answers=True,
        created_at=now,
    )
    Message.objects.create(appeal=appeal, text=plain(text), written_at=now)
    cause = Cause(appeal=appeal, **words)
    _keep(cause)
    Ally.objects.create(cause=cause, account=account, name=account.name or collective.name, since=now)
    return cause


@transaction.atomic
def change_cause(cause: Cause, *, title: str, text: str, now: datetime, **words: object) -> None:
    """Keep its words. The message that is relayed changes only before an animator has accepted it;
    another date is told to everybody, and lets a cause whose date had passed be relayed again.
    """
    appeal, before = cause.appeal, cause.deadline
    if appeal.accepted_at is None:
        Appeal.objects.filter(pk=appeal.pk).update(title=plain_line(title))
        newest = appeal.messages.latest("version")
        if plain(text) != newest.text:
            Message.objects.create(
                appeal=appeal, version=newest.version + 1, text=plain(text), written_at=now
            )
    for name, value in words.items():
        setattr(cause, name, value)
    _keep(cause)
    if cause.deadline == before:
        return
    Cause.objects.filter(pk=cause.pk).update(asked_at=None)
    Appeal.objects.filter(pk=appeal.pk).update(expires_at=_end_of(cause))
    if appeal.state == "expired" and _end_of(cause) > now:
        APPEAL.move(appeal, "active")
    with override(appeal.language):
        words_of_it = _("The date moved from {before} to {after}.").format(
            before=date_format(before, "DATE_FORMAT"), after=date_format(cause.deadline, "DATE_FORMAT")
        )
    write_news(cause, words_of_it, public=True, now=now)


def _keep(cause: Cause) -> None:
    cause.goal, cause.media_contact = plain_line(cause.goal), plain_line(cause.media_contact)
    cause.story, cause.needs = plain(cause.story), plain(cause.needs)
    cause.save()


def _end_of(cause: Cause) -> datetime:
    """The last moment of its date, by the collective's clocks."""
    zone = ZoneInfo(cause.appeal.collective.time_zone)
    return datetime.combine(cause.deadline + timedelta(days=1), time(), tzinfo=zone)


def join_cause(inviter: Ally, account: Account, *, name: str, named: bool, now: datetime) -> Ally:
    """Come into the group on somebody's word; who is in it already stays as they are."""
    try:
        with transaction.atomic():
            return Ally.objects.create(
                cause=inviter.cause,
                account=account,
                invited_by=inviter,
                name=plain_line(name),
                named=named,
                since=now,
            )
    except IntegrityError:
        return Ally.objects.get(cause=inviter.cause, account=account)


def leave_cause(ally: Ally) -> None:
    """Be in the group no more; those one invited stay."""
    ally.delete()


@transaction.atomic
def publish_cause(cause: Cause, *, by: str, now: datetime) -> None:
    """Its beginner agrees that it is published and relayed; an animator looks at it. Raises `WrongMove`."""
    appeal = cause.appeal
    APPEAL.move(appeal, "submitted", expires_at=_end_of(cause))
    give_consent(appeal.collective, "carry_cause", account=appeal.account, by=by, now=now)
    for role in animators_of(appeal.collective):
        notify(role.account, "cause_waits", cause.pk, once=f"{now:%Y-%m-%d %H:%M}", now=now)


def write_news(cause: Cause, text: str, *, public: bool, now: datetime) -> News:
    """One step more on the way."""
    return News.objects.create(cause=cause, text=plain(text), public=public, written_at=now)


def keep_material(cause: Cause, place: str, text: str) -> Material:
    """Words for others to take along."""
    return Material.objects.create(cause=cause, place=place, text=plain(text))


def drop_material(material: Material) -> None:
    """Nobody finds it here any more."""
    material.delete()


@transaction.atomic
def tell_end(cause: Cause, ending: str, words: str, *, by: str, now: datetime) -> None:
    """How it ended, of `TOLD`: nothing more is relayed, and allies and relays hear of it.

    Raises `ValueError` for an end there is not. Telling it twice changes nothing.
    """
    if ending not in TOLD:
        raise ValueError(f"ending: {ending!r} is none of {', '.join(TOLD)}")
    if cause.appeal.state == "closed":
        return
    relays = relays_of_appeal(cause.appeal)
    cause.told = plain(words)
    cause.save(update_fields=["told"])
    close_appeal(cause.appeal, ending, by=by, now=now)
    for account in {ally.account for ally in cause.allies.select_related("account")} | relays:
        notify(account, "cause_ended", cause.pk, now=now)


@transaction.atomic
def give_up_cause(cause: Cause, *, by: str, now: datetime) -> None:
    """Its beginner takes it back: one that was never public is erased, another is read by nobody any more."""
    if cause.appeal.accepted_at is None:
        cause.appeal.delete()
    else:
        close_appeal(cause.appeal, "stopped", by=by, now=now)


def ask_endings(*, now: datetime) -> int:
    """Ask who began a cause how it ended, once its date has passed; returns how many were asked."""
    asked = 0
    passed = Cause.objects.filter(appeal__state="expired", asked_at=None)
    for cause in passed.select_related("appeal__account"):
        if not Cause.objects.filter(pk=cause.pk, asked_at=None).update(asked_at=now):
            continue  # another clock was first
        if cause.appeal.account is not None:
            notify(cause.appeal.account, "cause_passed", cause.pk, once=f"{cause.deadline}", now=now)
            asked += 1
    return asked
