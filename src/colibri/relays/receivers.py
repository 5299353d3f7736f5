"""News from below that ends or undoes boosts."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from colibri.appeals.actions.lifecycle import appeal_stopped, publication_gone
from colibri.appeals.models import Appeal, Publication
from colibri.people.actions import consent_withdrawn, identity_refused
from colibri.people.models import Consent, Identity
from colibri.relays.actions.boosts import end_waiting, undo_boosts_of


@receiver(appeal_stopped)
def undo_boosts(sender: Any, appeal: Appeal, now: datetime, **_: Any) -> None:
    """Every boost that stands is taken back."""
    undo_boosts_of(appeal, now=now)


@receiver(publication_gone)
def end_boosts(sender: Any, publication: Publication, **_: Any) -> None:
    """Nothing is left to boost."""
    end_waiting(publication=publication)


@receiver(identity_refused)
def rest_relay(sender: Any, identity: Identity, **_: Any) -> None:
    """The relay must connect again before anything more is planned or tried."""
    end_waiting(identity=identity)


@receiver(consent_withdrawn)
def stop_relay(sender: Any, consent: Consent, **_: Any) -> None:
    """A relay who takes back their yes gives nothing more."""
    if consent.purpose in ("be_asked", "boost_for_me") and consent.identity is not None:
        end_waiting(identity=consent.identity)
