"""News from below that changes what a collective offers to follow on Bluesky."""

from datetime import datetime
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from colibri.federation.feeds.actions import touch_shelf
from colibri.people.actions import account_suspended, consent_withdrawn, identity_connected, identity_refused
from colibri.people.models import Account, Consent, Identity
from colibri.relays.models import Offer


@receiver(consent_withdrawn)
def take_off(sender: Any, consent: Consent, now: datetime, **_: Any) -> None:
    """Whoever takes back their yes is taken off the list, and so is a relay who gives up lending."""
    if consent.purpose in ("be_listed", "be_asked", "boost_for_me"):
        touch_shelf(consent.collective, now=now)


@receiver(identity_refused)
def take_refused_off(sender: Any, identity: Identity, **_: Any) -> None:
    """A relay whose account is no longer connected is none."""
    for offer in Offer.objects.filter(identity=identity, identity__network="bluesky", ended_at=None):
        touch_shelf(offer.collective, now=timezone.now())


@receiver(account_suspended)
def take_shut_out_off(sender: Any, account: Account, now: datetime, **_: Any) -> None:
    """A relay who is shut out is named no longer."""
    offers = Offer.objects.filter(identity__account=account, identity__network="bluesky", ended_at=None)
    for offer in offers:
        touch_shelf(offer.collective, now=now)


@receiver(identity_connected)
def go_on(sender: Any, identity: Identity, now: datetime, **_: Any) -> None:
    """The collective's account is back: what waited for it is done."""
    if identity.collective is not None and identity.network == "bluesky":
        touch_shelf(identity.collective, now=now)


@receiver(post_save, sender=Offer)
def look_again(sender: Any, instance: Offer, **_: Any) -> None:
    """A relay who agreed to be named and lends again is named again."""
    if instance.identity.network == "bluesky":
        touch_shelf(instance.collective, now=timezone.now())
