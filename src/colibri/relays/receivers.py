"""News from below that ends or undoes boosts."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.dispatch import receiver
from django.utils import timezone

from colibri.appeals.actions.lifecycle import appeal_stopped
from colibri.appeals.actions.publishing import appeal_relayed, publication_gone
from colibri.appeals.models import Appeal, Publication
from colibri.people.actions import (
    account_leaves,
    account_suspended,
    consent_withdrawn,
    identity_connected,
    identity_refused,
    taking_back,
)
from colibri.people.models import Account, Consent, Identity
from colibri.relays.actions.boosts import (
    TAKEN_DOWN,
    end_waiting,
    resume_undoing,
    undo_boosts_of,
    undo_boosts_of_post,
)
from colibri.relays.actions.offers import end_offer
from colibri.relays.actions.revising import want_revision
from colibri.relays.models import Boost, Offer


@receiver(appeal_stopped)
def undo_boosts(sender: Any, appeal: Appeal, now: datetime, **_: Any) -> None:
    """Every boost that stands is taken back."""
    undo_boosts_of(appeal, now=now)


@receiver(publication_gone)
def end_boosts(sender: Any, publication: Publication, now: datetime, **_: Any) -> None:
    """Nothing is left to boost; what was given to a post that is taken down is taken back."""
    if publication.state in TAKEN_DOWN:
        undo_boosts_of_post(publication, now=now)
    else:
        end_waiting(Boost.objects.filter(publication=publication))


@receiver(identity_refused)
def rest_relay(sender: Any, identity: Identity, **_: Any) -> None:
    """The relay must connect again before anything more is planned or tried; others take what they had."""
    end_waiting(Boost.objects.filter(offer__identity=identity))
    for offer in Offer.objects.filter(identity=identity, ended_at=None).select_related("collective"):
        want_revision(offer.collective, now=timezone.now())


@receiver(consent_withdrawn)
def stop_relay(sender: Any, consent: Consent, now: datetime, **_: Any) -> None:
    """A relay takes back their yes to being asked, to automatic boosts or to causes: no more of these."""
    offers = Offer.objects.filter(collective=consent.collective_id)
    waiting = Boost.objects.all()
    if consent.purpose == "relay_causes":
        waiting = waiting.filter(appeal__kind="cause")
    elif consent.purpose in ("be_asked", "boost_for_me"):
        offers = offers.filter(automatic=consent.purpose == "boost_for_me")
    else:
        return
    if consent.identity_id is not None:
        offers = offers.filter(identity=consent.identity_id)
    else:
        offers = offers.filter(identity__account=consent.account_id)
    if end_waiting(waiting.filter(offer__in=offers)):
        want_revision(consent.collective, now=now)


@receiver(appeal_relayed)
def make_room(sender: Any, appeal: Appeal, now: datetime, **_: Any) -> None:
    """An urgent cause does not wait until tomorrow."""
    if appeal.kind == "cause":
        want_revision(appeal.collective, now=now)


@receiver(identity_connected)
def resume_relay(sender: Any, identity: Identity, now: datetime, **_: Any) -> None:
    """What could not be taken back while it was refused."""
    resume_undoing(identity, now=now)


@receiver(account_leaves)
def end_offers(sender: Any, account: Account, now: datetime, **_: Any) -> None:
    """Whoever goes for good gives nothing more, and takes back what they gave: nobody could do it later."""
    for offer in Offer.objects.filter(identity__account=account).select_related("collective", "identity"):
        end_offer(offer, undo=True, by="page", now=now)


@receiver(account_suspended)
def stop_theirs(sender: Any, account: Account, now: datetime, **_: Any) -> None:
    """No boost waits on their account, and none of their messages stands on anybody's."""
    for offer in Offer.objects.filter(identity__account=account, ended_at=None).select_related("collective"):
        if end_waiting(offer.boosts.all()):
            want_revision(offer.collective, now=now)
    mine = Q(account=account) | Q(identity__account=account)
    for appeal in Appeal.objects.filter(mine):
        undo_boosts_of(appeal, now=now)


@receiver(taking_back)
def undoing_still(sender: Any, account: Account, **_: Any) -> bool:
    """Whether boosts of theirs, or of their messages, are still taken back."""
    mine = Q(offer__identity__account=account) | Q(appeal__account=account)
    mine |= Q(appeal__identity__account=account)
    return Boost.objects.filter(mine, state__in=["giving", "undoing"]).exists()
