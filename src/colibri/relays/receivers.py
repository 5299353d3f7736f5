"""News from below that ends or undoes boosts."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from colibri.appeals.actions.lifecycle import appeal_stopped
from colibri.appeals.actions.posts import publication_gone
from colibri.appeals.models import Appeal, Publication
from colibri.people.actions import consent_withdrawn, identity_connected, identity_refused
from colibri.people.models import Consent, Identity
from colibri.relays.actions.boosts import end_waiting, resume_undoing, undo_boosts_of
from colibri.relays.models import Boost, Offer


@receiver(appeal_stopped)
def undo_boosts(sender: Any, appeal: Appeal, now: datetime, **_: Any) -> None:
    """Every boost that stands is taken back."""
    undo_boosts_of(appeal, now=now)


@receiver(publication_gone)
def end_boosts(sender: Any, publication: Publication, **_: Any) -> None:
    """Nothing is left to boost."""
    end_waiting(Boost.objects.filter(publication=publication))


@receiver(identity_refused)
def rest_relay(sender: Any, identity: Identity, **_: Any) -> None:
    """The relay must connect again before anything more is planned or tried."""
    end_waiting(Boost.objects.filter(offer__identity=identity))


@receiver(consent_withdrawn)
def stop_relay(sender: Any, consent: Consent, **_: Any) -> None:
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
    end_waiting(waiting.filter(offer__in=offers))


@receiver(identity_connected)
def resume_relay(sender: Any, identity: Identity, now: datetime, **_: Any) -> None:
    """What could not be taken back while it was refused."""
    resume_undoing(identity, now=now)
