"""An outcome is told: the search ends, every boost is taken back, and those who carried it are thanked."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from colibri.appeals.actions.lifecycle import end_appeal_as
from colibri.appeals.models import Appeal
from colibri.common.states import WrongMove
from colibri.impact.actions.asking import begin_asking
from colibri.impact.models import FOLLOW_UP, FOUND, FollowUp, Outcome
from colibri.impact.queries import relays_to_thank
from colibri.networks.plain import plain
from colibri.people.actions import notify
from colibri.relays.models import Offer

__all__ = ["THANKS_AFTER", "add_details", "note_ending", "show_word", "tell_outcome"]

THANKS_AFTER = timedelta(hours=1)
"""Relays hear of it so much later, so that its person has time to add a word of their own."""


@transaction.atomic
def tell_outcome(follow_up: FollowUp, kind: str, *, now: datetime) -> Outcome:
    """Keep what became of a search, of `Outcome.KINDS`, and end it. Telling again corrects what was told."""
    appeal = follow_up.appeal
    known = Outcome.objects.filter(appeal=appeal).first()
    if known is not None:
        Outcome.objects.filter(pk=known.pk).update(kind=kind)
        known.kind = kind
    else:
        known = _keep(follow_up, kind, now=now)
    end_appeal_as(appeal, "found" if kind in FOUND else "stopped", by="page", now=now)
    if kind in FOUND:
        _thank(known, now=now)
    return known


def _keep(follow_up: FollowUp, kind: str, *, now: datetime) -> Outcome:
    FOLLOW_UP.move(follow_up, "told", due_at=None)
    today = now.astimezone(ZoneInfo(follow_up.appeal.collective.time_zone)).date()
    return Outcome.objects.create(appeal=follow_up.appeal, kind=kind, told_at=now, happened_on=today)


def _thank(outcome: Outcome, *, now: datetime) -> None:
    """Each relay who carried it, once."""
    if not Outcome.objects.filter(pk=outcome.pk, thanked_at=None).update(thanked_at=now):
        return
    for account in relays_to_thank(outcome.appeal):
        notify(account, "it_helped", outcome.pk, now=now + THANKS_AFTER)


@transaction.atomic
def note_ending(appeal: Appeal, *, now: datetime) -> None:
    """A search was ended elsewhere: as found, which is an outcome, or in a way that tells none."""
    if Outcome.objects.filter(appeal=appeal).exists():
        return
    if appeal.ending == "found" and appeal.accepted_at is not None:
        follow_up = begin_asking(appeal, now=now)
        if follow_up is None:
            return
        outcome = _keep(follow_up, "found", now=now)
        _thank(outcome, now=now)
        if appeal.account is not None:
            notify(appeal.account, "found_how", follow_up.pk, now=now)
        return
    for follow_up in FollowUp.objects.filter(appeal=appeal, state__in=FOLLOW_UP.before("stopped")):
        try:
            FOLLOW_UP.move(follow_up, "stopped", due_at=None)
        except WrongMove:
            continue


def add_details(
    outcome: Outcome, *, since: date | None, through: Offer | None, word: str, word_public: bool
) -> None:
    """What its person adds: since when, through whom, a word to those who carried their message."""
    kept = plain(word)
    same = kept == outcome.word and word_public
    Outcome.objects.filter(pk=outcome.pk).update(
        happened_on=since or outcome.happened_on,
        through=through,
        word=kept,
        word_public=bool(kept) and word_public,
        word_shown_at=outcome.word_shown_at if same else None,
    )
    outcome.refresh_from_db()


def show_word(outcome: Outcome, shown: bool, *, now: datetime) -> None:
    """An animator shows a word of thanks in the reports, or no more; its writer let everybody read it."""
    Outcome.objects.filter(pk=outcome.pk, word_public=True).update(word_shown_at=now if shown else None)
