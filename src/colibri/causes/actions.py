"""A cause's way: begun in a group, made public, moved to another date, told to its end."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from colibri.appeals.actions.lifecycle import close_appeal
from colibri.appeals.models import APPEAL, Appeal, Message
from colibri.causes.models import PUBLIC_WORDS, Ally, Cause, Change, Material, News
from colibri.causes.queries import OPEN, STANDING, TOLD, group_of, may_judge
from colibri.common.states import ChangedMeanwhile
from colibri.networks.plain import plain, plain_line
from colibri.people.actions import give_consent, notify
from colibri.people.models import Account, Collective
from colibri.people.queries import animators_of
from colibri.relays.queries import relays_of_appeal

__all__ = [
    "TooManyCauses",
    "ask_endings",
    "begin_cause",
    "bring_back",
    "change_cause",
    "drop_material",
    "give_up_cause",
    "join_cause",
    "judge_change",
    "judge_news",
    "keep_material",
    "leave_cause",
    "publish_cause",
    "take_out",
    "tell_end",
    "write_news",
]

CAUSES_MOST = 3
"""Somebody has so many open causes at most."""


class TooManyCauses(Exception):
    """Three at once are enough for anybody."""


@transaction.atomic
def begin_cause(
    collective: Collective,
    account: Account,
    *,
    name: str,
    title: str,
    text: str,
    deadline: date,
    now: datetime,
    **words: str,
) -> Cause:
    """A private group of one, who can invite under this name. Raises `TooManyCauses`."""
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
    cause = Cause.objects.create(appeal=appeal, deadline=deadline, **_clean(words))
    Ally.objects.create(cause=cause, account=account, name=plain_line(name), since=now)
    return cause


@transaction.atomic
def change_cause(
    cause: Cause, by: Account, *, title: str, text: str, deadline: date, now: datetime, **words: str
) -> bool:
    """Keep its words and its date; says whether they are its own from now on.

    Before an animator has accepted it, every change is a new version for them to read. Afterwards title and
    message stay, other words wait until an animator has read them, and another date is told to everybody at
    once, animators included: it is a court's, and lets a cause whose date had passed be relayed again.
    """
    appeal, clean = Appeal.objects.select_for_update().get(pk=cause.appeal_id), _clean(words)
    changed = any(getattr(cause, name) != clean[name] for name in PUBLIC_WORDS)
    waits = changed and appeal.state in STANDING and not may_judge(cause, by)
    if waits:
        _propose(cause, clean, now=now)
    else:
        Change.objects.filter(cause=cause).delete()
        Cause.objects.filter(pk=cause.pk).update(**clean)
    if appeal.accepted_at is None:
        changed = changed or (plain_line(title), plain(text)) != (appeal.title, appeal.message.text)
        Appeal.objects.filter(pk=appeal.pk).update(title=plain_line(title))
    if appeal.state not in STANDING and (changed or deadline != cause.deadline):
        _new_version(appeal, plain(text) if appeal.accepted_at is None else appeal.message.text, now=now)
    if deadline != cause.deadline:
        _move(cause, appeal, deadline, now=now)
    return not waits


def _clean(words: Mapping[str, str]) -> dict[str, str]:
    lines = ("goal", "media_contact")
    return {name: (plain_line if name in lines else plain)(value) for name, value in words.items()}


def _new_version(appeal: Appeal, text: str, *, now: datetime) -> None:
    """The page reads otherwise: an animator who has read it before accepts nothing by that."""
    version = appeal.message.version + 1
    Message.objects.create(appeal=appeal, version=version, text=text, written_at=now)


def _propose(cause: Cause, words: dict[str, str], *, now: datetime) -> None:
    if Change.objects.filter(cause=cause, declined=False, **words).exists():
        return
    Change.objects.filter(cause=cause).delete()
    change = Change.objects.create(cause=cause, written_at=now, **words)
    _ask_animators(cause, "cause_changed", f"words {change.pk}", now=now)


def _ask_animators(cause: Cause, letter: str, once: str, *, now: datetime) -> None:
    for role in animators_of(cause.appeal.collective):
        notify(role.account, letter, cause.pk, once=once, now=now)


def _move(cause: Cause, appeal: Appeal, day: date, *, now: datetime) -> None:
    before, cause.deadline = cause.deadline, day
    Cause.objects.filter(pk=cause.pk).update(deadline=day, asked_at=None)
    Appeal.objects.filter(pk=appeal.pk).update(expires_at=_end_of(cause))
    if appeal.state == "expired" and _end_of(cause) > now:
        APPEAL.move(appeal, "active")
    with override(appeal.language):
        told = _("The date moved from {before} to {after}.").format(
            before=date_format(before, "DATE_FORMAT"), after=date_format(day, "DATE_FORMAT")
        )
    News.objects.create(cause=cause, text=told, written_at=now)
    if appeal.state in STANDING:
        _ask_animators(cause, "cause_moved", f"{day} {now:%H:%M}", now=now)


@transaction.atomic
def judge_change(change: Change, *, agrees: bool, now: datetime) -> None:
    """An animator has read these words: they stand, or are declined. Raises `ChangedMeanwhile`."""
    if not Change.objects.select_for_update().filter(pk=change.pk, declined=False).exists():
        raise ChangedMeanwhile
    if agrees:
        Cause.objects.filter(pk=change.cause_id).update(
            **{name: getattr(change, name) for name in PUBLIC_WORDS}
        )
        Change.objects.filter(pk=change.pk).delete()
    else:
        Change.objects.filter(pk=change.pk).update(declined=True)
    _answer(change.cause, agrees, f"words {change.pk}", now=now)


@transaction.atomic
def judge_news(news: News, *, agrees: bool, now: datetime) -> None:
    """An animator has read it: for everybody, or for the group alone. Raises `ChangedMeanwhile`."""
    if not News.objects.filter(pk=news.pk, waits=True).update(waits=False, public=agrees):
        raise ChangedMeanwhile
    _answer(news.cause, agrees, f"news {news.pk}", now=now)


def _answer(cause: Cause, agrees: bool, once: str, *, now: datetime) -> None:
    if cause.appeal.account is not None:
        letter = "cause_agreed" if agrees else "cause_declined"
        notify(cause.appeal.account, letter, cause.pk, once=once, now=now)


def _end_of(cause: Cause) -> datetime:
    """The last moment of its date, by the collective's clocks."""
    zone = ZoneInfo(cause.appeal.collective.time_zone)
    return datetime.combine(cause.deadline + timedelta(days=1), time(), tzinfo=zone)


def join_cause(inviter: Ally, account: Account, *, name: str, named: bool, now: datetime) -> Ally:
    """Come into the group on somebody's word; who is in it, or was taken out, stays as they are."""
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


def take_out(ally: Ally, *, now: datetime) -> None:
    """From now on they read the group no more, are named nowhere, and their link lets nobody in.

    No other link lets them in again, until `bring_back`. Those they invited stay.
    """
    Ally.objects.filter(pk=ally.pk, out_since=None).update(out_since=now)


def bring_back(ally: Ally) -> None:
    """They are in the group as before."""
    Ally.objects.filter(pk=ally.pk).update(out_since=None)


@transaction.atomic
def publish_cause(cause: Cause, *, by: str, now: datetime) -> None:
    """Its beginner agrees that it is published and relayed; an animator looks at it. Raises `WrongMove`."""
    appeal = cause.appeal
    APPEAL.move(appeal, "submitted", expires_at=_end_of(cause))
    give_consent(appeal.collective, "carry_cause", account=appeal.account, by=by, now=now)
    _ask_animators(cause, "cause_waits", f"{now:%Y-%m-%d %H:%M}", now=now)


@transaction.atomic
def write_news(cause: Cause, text: str, *, public: bool, by: Account, now: datetime) -> News:
    """One step more on the way. What everybody is to read, an animator reads first."""
    appeal = Appeal.objects.select_for_update().get(pk=cause.appeal_id)
    waits = public and appeal.state in STANDING and not may_judge(cause, by)
    news = News.objects.create(cause=cause, text=plain(text), public=public, waits=waits, written_at=now)
    if waits:
        _ask_animators(cause, "cause_changed", f"news {news.pk}", now=now)
    elif public and appeal.state not in STANDING:
        _new_version(appeal, appeal.message.text, now=now)
    return news


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
    for account in {ally.account for ally in group_of(cause).select_related("account")} | relays:
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
