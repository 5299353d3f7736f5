"""Lending one's account, changing the offer, leaving."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from colibri.audiences.actions import want_audience
from colibri.people.actions import give_consent, give_role, withdraw_consent
from colibri.people.models import Collective, Identity
from colibri.relays.actions.boosts import end_waiting, undo_boosts_of_offer
from colibri.relays.actions.revising import want_revision
from colibri.relays.models import Offer

__all__ = ["change_offer", "end_offer", "make_offer"]


@transaction.atomic
def make_offer(
    identity: Identity,
    collective: Collective,
    *,
    by: str,
    now: datetime,
    causes: bool | None = None,
    **terms: object,
) -> Offer:
    """A standing offer with its consent, role, and audience to be fetched; an ended one stands again."""
    offer, _made = Offer.objects.get_or_create(identity=identity, collective=collective)
    offer.ended_at = None
    change_offer(offer, by=by, now=now, causes=causes, **terms)
    if identity.account is not None:
        give_role(identity.account, collective, "relay")
    want_audience(identity, now=now)
    return offer


@transaction.atomic
def change_offer(
    offer: Offer, *, by: str, now: datetime, causes: bool | None = None, **terms: object
) -> None:
    """New terms; `causes` says yes or no to urgent causes, None leaves that as it is.

    Raises `ValidationError` where they make no sense; nothing is kept then.
    """
    for name, value in terms.items():
        setattr(offer, name, value)
    offer.full_clean()
    offer.save()
    purpose, other = ("boost_for_me", "be_asked") if offer.automatic else ("be_asked", "boost_for_me")
    withdraw_consent(offer.collective, other, identity=offer.identity, by=by, now=now)
    give_consent(offer.collective, purpose, identity=offer.identity, by=by, now=now)
    if causes is not None:
        agree = give_consent if causes else withdraw_consent
        agree(offer.collective, "relay_causes", identity=offer.identity, by=by, now=now)
    if not offer.automatic:
        offer.boosts.filter(state="planned").update(due_at=None)
    end_beyond(offer, now=now)


def end_beyond(offer: Offer, *, now: datetime) -> None:
    """What still waits beyond the new terms ends: all of it in a pause, else the least useful."""
    today = now.astimezone(ZoneInfo(offer.collective.time_zone)).date()
    waiting = offer.boosts.filter(state__in=["planned", "offered"]).order_by("-gain", "pk")
    kept = offer.boosts_a_day if offer.stands_on(today) else 0
    if end_waiting(offer.boosts.filter(pk__in=[boost.pk for boost in waiting[kept:]])):
        want_revision(offer.collective, now=now)


@transaction.atomic
def end_offer(offer: Offer, *, undo: bool, by: str, now: datetime) -> int:
    """Leave: nothing more is given, and with `undo` what stands is taken back; returns how many."""
    Offer.objects.filter(pk=offer.pk).update(ended_at=now)
    offer.ended_at = now
    for purpose in ("boost_for_me", "be_asked", "relay_causes"):
        withdraw_consent(offer.collective, purpose, identity=offer.identity, by=by, now=now)
    if end_waiting(offer.boosts.all()):
        want_revision(offer.collective, now=now)
    return undo_boosts_of_offer(offer, now=now) if undo else 0
