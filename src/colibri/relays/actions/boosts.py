"""Giving a boost, once; declining it; undoing it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from colibri.appeals.actions.posts import note_gone
from colibri.appeals.actions.publishing import reference
from colibri.appeals.models import Appeal, Publication
from colibri.common.states import WrongMove
from colibri.common.work import lease_over, ring
from colibri.networks.errors import Gone, NetworkError
from colibri.people.actions import client_for, note_refusal
from colibri.people.models import Identity
from colibri.relays.models import BOOST, Boost, Offer
from colibri.relays.queries import may_boost

__all__ = [
    "TAKEN_DOWN",
    "accept_boost",
    "decline_boost",
    "end_waiting",
    "give_up_boost",
    "resume_undoing",
    "undo_boosts_of",
    "undo_boosts_of_offer",
    "undo_boosts_of_post",
    "undo_one",
    "work_on_boost",
]

TAKEN_DOWN = ("deleting", "deleted")
"""States of a post that the collective takes back itself, with the boosts that stand of it."""


def accept_boost(boost: Boost, *, now: datetime) -> None:
    """The relay says yes: give it as soon as a worker is free.

    Raises `WrongMove` where it is over, `Unauthorised` where their identity must be connected again.
    """
    key = client_for(boost.offer.identity).new_key()
    if not may_boost(boost):
        if boost.state in BOOST.before("expired"):
            BOOST.move(boost, "expired", due_at=None)
        raise WrongMove(boost, "giving")
    BOOST.move(boost, "giving", key=key, due_at=now)
    ring(boost)


def decline_boost(boost: Boost, why: str) -> None:
    """The relay says no, with a reason of `Boost.DECLINES` that coming plans respect. Raises `WrongMove`."""
    BOOST.move(boost, "declined", decline=why, due_at=None)


def work_on_boost(boost: Boost) -> None:
    """Give or undo, whichever it waits for. Raises `NetworkError`; a second try is the same boost.

    The key is stored before the first call, and consent is asked again just before it. Whoever tried
    before may have died after the network took the boost: where it may be no more, it is taken back.
    """
    if boost.state in ("planned", "giving") and not may_boost(boost):
        if boost.state == "giving":
            client_for(boost.offer.identity).undo_boost(reference(boost.publication), key=boost.key)
        BOOST.move(boost, "expired")
        return
    if boost.state == "planned":
        BOOST.move(boost, "giving", key=client_for(boost.offer.identity).new_key())
    if boost.state == "giving":
        post = reference(boost.publication)
        uri = client_for(boost.offer.identity).boost(post, key=boost.key)
        BOOST.move(boost, "given", uri=uri, given_at=timezone.now())
    if boost.state == "given":
        undo_if_stopped(boost)
    elif boost.state == "undoing":
        undo_now(boost)


def undo_now(boost: Boost) -> None:
    client_for(boost.offer.identity).undo_boost(reference(boost.publication), key=boost.key)
    BOOST.move(boost, "undone", undone_at=timezone.now())


def undo_if_stopped(boost: Boost) -> None:
    """Appeal, post or offer ended while the network was being spoken to: take the boost back at once."""
    ended = (
        Q(appeal__state="closed") | Q(offer__ended_at__isnull=False) | Q(publication__state__in=TAKEN_DOWN)
    )
    if Boost.objects.filter(ended, pk=boost.pk).exists():
        BOOST.move(boost, "undoing")
        undo_now(boost)


def give_up_boost(boost: Boost, error: NetworkError) -> None:
    """It failed for good. What made it fail is remembered where others would meet it too."""
    now = timezone.now()
    note_refusal(boost.offer.identity, error, now=now)
    if boost.state == "undoing" and isinstance(error, Gone):
        BOOST.move(boost, "undone", undone_at=now)
        return
    BOOST.move(boost, "failed")
    if isinstance(error, Gone):
        note_gone(boost.publication, now=now)


@transaction.atomic
def undo_boosts_of(appeal: Appeal, *, now: datetime) -> int:
    """Take back every boost of an appeal that stands, and end those that wait; returns how many stood."""
    end_waiting(Boost.objects.filter(appeal=appeal))
    return _undo(Boost.objects.filter(appeal=appeal), now=now)


@transaction.atomic
def undo_boosts_of_post(publication: Publication, *, now: datetime) -> int:
    """Take back every boost of one post that stands, and end those that wait; returns how many stood."""
    end_waiting(Boost.objects.filter(publication=publication))
    return _undo(Boost.objects.filter(publication=publication), now=now)


def undo_boosts_of_offer(offer: Offer, *, now: datetime) -> int:
    """Take back every boost a relay gave for an offer that stands; returns how many."""
    return _undo(Boost.objects.filter(offer=offer), now=now)


def undo_one(boost: Boost, *, now: datetime) -> None:
    """The relay takes one boost back. Raises `WrongMove`."""
    BOOST.move(boost, "undoing", due_at=now)
    ring(boost)


def _undo(boosts: QuerySet[Boost], *, now: datetime) -> int:
    """Also looks again, and soon, at those somebody may be giving at this moment."""
    boosts.filter(state="giving").update(due_at=lease_over(now))
    # What failed after more than one try may stand all the same: its answers may have been lost.
    doubtful = Q(state="failed", tries__gt=1) & ~Q(key="")
    standing = list(boosts.filter(Q(state="given") | doubtful))
    for boost in standing:
        undo_one(boost, now=now)
    return len(standing)


def resume_undoing(identity: Identity, *, now: datetime) -> None:
    """The identity is connected again: boosts it gave and could not take back."""
    for boost in Boost.objects.filter(offer__identity=identity, state="failed", given_at__isnull=False):
        undo_one(boost, now=now)


def end_waiting(boosts: QuerySet[Boost]) -> int:
    """Those of the boosts that still wait end; returns how many."""
    return boosts.filter(state__in=["planned", "offered"]).update(state="expired", due_at=None)
