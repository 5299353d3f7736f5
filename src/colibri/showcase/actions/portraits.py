"""The way of a portrait: told, read by the person it tells, looked at, shown, and taken off in one action."""

import hashlib
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from colibri.common import mail
from colibri.common.actions import count
from colibri.common.states import ChangedMeanwhile, WrongMove
from colibri.common.work import ring
from colibri.networks.errors import NetworkError
from colibri.networks.plain import plain, plain_line
from colibri.people.actions import account_at, give_consent, notify, withdraw_consent
from colibri.people.models import Account
from colibri.people.queries import animators_of, has_role
from colibri.showcase.actions.relaying import PURPOSE, relay_message
from colibri.showcase.models import PORTRAIT, QUESTIONS, Picture, Portrait
from colibri.showcase.pictures import Drawn
from colibri.showcase.portrait_mails import portrait_asked

__all__ = [
    "PURPOSE",
    "TooManyAsked",
    "agree_to_portrait",
    "ask_of_end",
    "change_portrait",
    "erase_portrait",
    "forget_unanswered",
    "give_up_portrait",
    "keep_portrait",
    "return_portrait",
    "send_portrait",
    "show_again",
    "show_portrait",
    "stop_portraits",
    "unlist_portrait",
    "work_on_portrait",
]

ASKED_A_DAY = 5
"""So many people one author asks a day."""
A_DAY = timedelta(days=1)
DECIDES = timedelta(days=7)
"""So long somebody who found work has to say what becomes of their portrait; then it is taken off."""
WAITS = timedelta(days=60)
"""So long a portrait without its person's yes is kept."""
TEXTS = ("name", "trade", "summary", "link", "family", "region", "kind", "language", *QUESTIONS)


class TooManyAsked(Exception):
    """One author asks so many people a day at most."""


@transaction.atomic
def change_portrait(
    portrait: Portrait,
    by: Account,
    *,
    alt: str = "",
    drawn: Drawn | None = None,
    without: bool = False,
    now: datetime,
) -> Portrait:
    """Keep a portrait's words and picture as a new version: a draft, whatever it was.

    `drawn` is a new picture, `without` takes the picture away, `alt` is what the picture shows.
    """
    for name in ("name", "trade", "summary"):
        setattr(portrait, name, plain_line(getattr(portrait, name)))
    for name in QUESTIONS:
        setattr(portrait, name, plain(getattr(portrait, name)).strip())
    portrait.changed_at = now
    if portrait._state.adding:
        portrait.save()
    else:
        portrait.save(update_fields=[*TEXTS, "email", "changed_at"])
    _keep_picture(portrait, alt=plain_line(alt), drawn=drawn, without=without)
    with suppress(WrongMove):  # a draft already
        PORTRAIT.move(portrait, "draft")
    relay_message(portrait, now=now)
    anew = {"version": F("version") + 1, "due_at": None, "agreed_version": None}
    Portrait.objects.filter(pk=portrait.pk).update(**anew)
    portrait.refresh_from_db()
    if has_role(by, portrait.collective, "animator"):
        Portrait.objects.filter(pk=portrait.pk).update(looked_version=portrait.version)
        portrait.looked_version = portrait.version
    return portrait


def _keep_picture(portrait: Portrait, *, alt: str, drawn: Drawn | None, without: bool) -> None:
    if without:
        Picture.objects.filter(portrait=portrait).delete()
    elif drawn is not None:
        digest = hashlib.sha256(drawn.wide).hexdigest()[:16]
        files = {"wide": drawn.wide, "small": drawn.small, "width": drawn.width, "height": drawn.height}
        Picture.objects.update_or_create(portrait=portrait, defaults={**files, "digest": digest, "alt": alt})
    else:
        Picture.objects.filter(portrait=portrait).update(alt=alt)


@transaction.atomic
def send_portrait(portrait: Portrait, by: Account, *, version: int, now: datetime) -> None:
    """Ask the person told to read it. Who tells their own story says yes by sending it.

    Raises `WrongMove`, `ChangedMeanwhile`, `TooManyAsked`.
    """
    if portrait.subject_id == by.pk:
        agree_to_portrait(portrait, version=version, by="page", now=now)
        return
    _same(portrait, version)
    if count(f"portraits asked {by.pk}", lasts=A_DAY, now=now) > ASKED_A_DAY:
        raise TooManyAsked
    PORTRAIT.move(portrait, "asked", remark="", changed_at=now, due_at=now, attempts=0)
    ring(portrait)


@transaction.atomic
def agree_to_portrait(portrait: Portrait, *, version: int, by: str, now: datetime) -> None:
    """The person told says yes to one version, which is written down. Raises `WrongMove`, `ChangedMeanwhile`.

    What an animator wrote waits for no other.
    """
    _same(portrait, version)
    subject = portrait.subject or account_at(str(portrait.email), language=portrait.language)
    PORTRAIT.move(
        portrait, "agreed", subject=subject, email=None, agreed_version=version, changed_at=now, remark=""
    )
    give_consent(portrait.collective, PURPOSE, account=subject, by=by, now=now)
    if portrait.looked_version == version:
        show_portrait(portrait, version=version, now=now)
        return
    for role in animators_of(portrait.collective):
        notify(role.account, "portrait_waits", portrait.pk, once=f"{version}", now=now)


def _same(portrait: Portrait, version: int) -> None:
    """Nobody says yes to words they have not read."""
    if not Portrait.objects.select_for_update().filter(pk=portrait.pk, version=version).exists():
        raise ChangedMeanwhile


@transaction.atomic
def show_portrait(portrait: Portrait, *, version: int, now: datetime) -> None:
    """Let everybody read the version its person has just agreed to. Raises `WrongMove`, `ChangedMeanwhile`.

    What they took off is theirs alone to show again.
    """
    _same(portrait, version)
    if portrait.state != "agreed":
        raise WrongMove(portrait, "shown")
    _show(portrait, now=now)


@transaction.atomic
def _show(portrait: Portrait, *, now: datetime) -> None:
    first = portrait.shown_at or now
    PORTRAIT.move(portrait, "shown", shown_at=first, found_at=None, due_at=None)
    for account in {portrait.author, portrait.subject}:
        if account is not None:
            notify(account, "portrait_shown", portrait.pk, once=f"{portrait.version}", now=now)


@transaction.atomic
def return_portrait(portrait: Portrait, remark: str, *, now: datetime) -> None:
    """Give it back to who wrote it, with a word: the person told, or an animator. Raises `WrongMove`."""
    PORTRAIT.move(portrait, "draft", remark=plain(remark)[:1000], changed_at=now, due_at=None)
    relay_message(portrait, now=now)
    if portrait.author is not None:
        notify(portrait.author, "portrait_returned", portrait.pk, once=f"{now:%Y-%m-%d %H:%M}", now=now)


@transaction.atomic
def show_again(portrait: Portrait, *, by: str, now: datetime) -> None:
    """The person told shows what they had taken off. Raises `WrongMove`."""
    if portrait.state != "unlisted" or portrait.subject is None:
        raise WrongMove(portrait, "shown")
    give_consent(portrait.collective, PURPOSE, account=portrait.subject, by=by, now=now)
    _show(portrait, now=now)


def stop_portraits(account: Account, collective_id: int, *, now: datetime) -> None:
    """The yes of the person told is withdrawn: nothing that rests on it stays public, or is about to be."""
    for portrait in Portrait.objects.filter(subject=account, collective=collective_id):
        if portrait.state == "shown":
            unlist_portrait(portrait, now=now)
        elif portrait.state in ("agreed", "asked"):
            PORTRAIT.move(portrait, "draft", agreed_version=None, changed_at=now, due_at=None)


@transaction.atomic
def unlist_portrait(portrait: Portrait, *, now: datetime) -> None:
    """Nobody else reads it any more, here or on a network; it can be shown again. Raises `WrongMove`."""
    PORTRAIT.move(portrait, "unlisted", changed_at=now, due_at=None)
    relay_message(portrait, now=now)


@transaction.atomic
def erase_portrait(portrait: Portrait, *, now: datetime) -> None:
    """Nothing of it stays, nor the yes where no other portrait rests on it."""
    subject, collective = portrait.subject, portrait.collective
    relay_message(portrait, now=now)
    portrait.delete()
    if subject is not None and not Portrait.objects.filter(subject=subject, collective=collective).exists():
        withdraw_consent(collective, PURPOSE, account=subject, by="page", now=now)


def ask_of_end(account: Account, collective_id: int, *, now: datetime) -> int:
    """Somebody found work: ask what becomes of their public portraits; returns how many."""
    public = Portrait.objects.filter(
        subject=account, collective=collective_id, state="shown", kind="search", found_at=None
    )
    asked = list(public)
    for portrait in asked:
        Portrait.objects.filter(pk=portrait.pk).update(found_at=now, due_at=now + DECIDES, attempts=0)
        notify(account, "portrait_question", portrait.pk, once=f"{now:%Y-%m-%d}", now=now)
    return len(asked)


def keep_portrait(portrait: Portrait) -> None:
    """Its person found work and lets it stand, to show others the way."""
    kept = Portrait.objects.filter(pk=portrait.pk, state="shown")
    kept.update(kind="model", found_at=None, due_at=None)


def work_on_portrait(portrait: Portrait) -> None:
    """Write to the person told, or take it off where they found work and said nothing. Raises `Retryable`."""
    if portrait.state == "asked" and portrait.email:
        with translation.override(portrait.language):
            letter = portrait_asked(portrait)
        mail.send(
            str(portrait.email),
            "common/mail/letter",
            {"letter": letter},
            language=portrait.language,
            name=f"portrait.{portrait.pk}.{portrait.version}",
        )
    elif portrait.state == "asked" and portrait.subject is not None:
        once = f"{portrait.version}"
        notify(portrait.subject, "portrait_anew", portrait.pk, once=once, now=timezone.now())
    elif portrait.state == "shown" and portrait.found_at is not None:
        unlist_portrait(portrait, now=timezone.now())


def give_up_portrait(portrait: Portrait, error: NetworkError) -> None:
    """The mail did not go: whoever wrote it reads why."""
    if portrait.state == "asked":
        remark = _("No mail could be sent to the person you tell. Is the address right?")
        return_portrait(portrait, remark, now=timezone.now())


def forget_unanswered(*, now: datetime) -> int:
    """Portraits of others that nobody said yes to and nobody changed for long; returns how many."""
    old = Portrait.objects.filter(subject=None, changed_at__lt=now - WAITS)
    return old.delete()[1].get("showcase.Portrait", 0)
