"""Giving a boost, once; declining it; undoing it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from colibri.appeals.actions.lifecycle import note_gone
from colibri.appeals.actions.publishing import reference
from colibri.appeals.models import Appeal, Publication
from colibri.common.states import WrongMove
from colibri.common.work import ring
from colibri.networks.errors import Gone, NetworkError
from colibri.people.actions import client_for, note_refusal
from colibri.people.models import Identity
from colibri.relays.models import BOOST, Boost, Offer
from colibri.relays.queries import may_boost

__all__ = [
    "accept_boost",
    "decline_boost",
    "end_waiting",
    "give_up_boost",
    "undo_boosts_of",
    "undo_boosts_of_offer",
    "undo_one",
    "work_on_boost",
]


def accept_boost(boost: Boost, *, now: datetime) -> None:
    """The relay says yes: give it as soon as a worker is free. Raises `WrongMove` where it is over."""
    if not may_boost(boost):
        if boost.state in BOOST.before("expired"):
            BOOST.move(boost, "expired", due_at=None)
        raise WrongMove(boost, "giving")
    BOOST.move(boost, "giving", key=client_for(boost.offer.identity).new_key(), due_at=now)
    ring(boost)


def decline_boost(boost: Boost, why: str) -> None:
    """The relay says no, with a reason of `Boost.DECLINES` that coming plans respect. Raises `WrongMove`."""
    BOOST.move(boost, "declined", decline=why, due_at=None)


def work_on_boost(boost: Boost) -> None:
    """Give or undo, whichever it waits for. Raises `NetworkError`; a second try is the same boost.

    The key is stored before the first call, and consent is asked again just before it.
    """
    if boost.state in ("planned", "giving") and not may_boost(boost):
        BOOST.move(boost, "expired")
        return
    if boost.state == "planned":
        BOOST.move(boost, "giving", key=client_for(boost.offer.identity).new_key())
    if boost.state == "giving":
        post = reference(boost.publication)
        uri = client_for(boost.offer.identity).boost(post, key=boost.key)
        BOOST.move(boost, "given", uri=uri, given_at=timezone.now())
        undo_if_stopped(boost)
    elif boost.state == "undoing":
        undo_now(boost)


def undo_now(boost: Boost) -> None:
    client_for(boost.offer.identity).undo_boost(reference(boost.publication), key=boost.key)
    BOOST.move(boost, "undone", undone_at=timezone.now())


def undo_if_stopped(boost: Boost) -> None:
    """The appeal or the offer ended while the network was being spoken to: take the boost back at once."""
    ended = Q(appeal__state="closed") | Q(offer__ended_at__isnull=False)
    if Boost.objects.filter(ended, pk=boost.pk).exists():
        BOOST.move(boost, "undoing")
        undo_now(boost)


def give_up_boost(boost: Boost, error: NetworkError) -> None:
    """It failed for good. What made it fail is remembered where others would meet it too."""
    BOOST.move(boost, "failed")
    note_refusal(boost.offer.identity, error, now=timezone.now())
    if isinstance(error, Gone):
        note_gone(boost.publication, now=timezone.now())


@transaction.atomic
def undo_boosts_of(appeal: Appeal, *, now: datetime) -> int:
    """Take back every boost of an appeal that stands, and end those that wait; returns how many stood."""
    Boost.objects.filter(appeal=appeal, state__in=["planned", "offered"]).update(state="expired", due_at=None)
    return _undo(Boost.objects.filter(appeal=appeal, state="given"), now=now)


def undo_boosts_of_offer(offer: Offer, *, now: datetime) -> int:
    """Take back every boost a relay gave for an offer that stands; returns how many."""
    return _undo(Boost.objects.filter(offer=offer, state="given"), now=now)


def undo_one(boost: Boost, *, now: datetime) -> None:
    """The relay takes one boost back. Raises `WrongMove`."""
    BOOST.move(boost, "undoing", due_at=now)
    ring(boost)


def _undo(boosts: QuerySet[Boost], *, now: datetime) -> int:
    standing = list(boosts)
    for boost in standing:
        undo_one(boost, now=now)
    return len(standing)


def end_waiting(
    *, offer: Offer | None = None, identity: Identity | None = None, publication: Publication | None = None
) -> int:
    """Boosts of an offer, an identity or a publication that still wait end; returns how many."""
    waiting = Boost.objects.filter(state__in=["planned", "offered"])
    if offer is not None:
        waiting = waiting.filter(offer=offer)
    if identity is not None:
        waiting = waiting.filter(offer__identity=identity)
    if publication is not None:
        waiting = waiting.filter(publication=publication)
    return waiting.update(state="expired", due_at=None)
