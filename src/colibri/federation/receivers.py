"""News from below: a collective to give an actor to, an appeal to tell of or to take back."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from colibri.appeals.actions.lifecycle import appeal_stopped
from colibri.appeals.actions.publishing import appeal_relayed, publication_gone
from colibri.appeals.models import Appeal, Publication
from colibri.audiences.actions import biographies_read
from colibri.federation.actions.actors import ensure_actor
from colibri.federation.actions.announcing import announce, take_back
from colibri.federation.actions.inviting import invite_wearers
from colibri.federation.actions.sources import listen_where_we_are
from colibri.federation.models import Announcement
from colibri.federation.queries import NETWORK
from colibri.networks.items import Actor
from colibri.people.actions import identity_connected, taking_back
from colibri.people.models import Account, Collective, Identity


@receiver(post_save, sender=Collective)
def give_actor(sender: Any, instance: Collective, created: bool, raw: bool = False, **_: Any) -> None:
    """A new collective has an actor from the beginning."""
    if created and not raw:
        ensure_actor(instance, now=timezone.now())


@receiver(biographies_read)
def invite(
    sender: Any, identity: Identity, wearers: list[tuple[Actor, set[str]]], now: datetime, **_: Any
) -> None:
    """Whoever wears the hashtag of a collective this identity belongs to."""
    theirs = Q(offers__identity=identity, offers__ended_at=None) | Q(pk=identity.collective_id)
    for collective in Collective.objects.filter(theirs).distinct():
        invite_wearers(collective, identity, wearers, now=now)


@receiver(identity_connected)
def listen_there(sender: Any, identity: Identity, **_: Any) -> None:
    """A collective's new account hears what its server hears."""
    listen_where_we_are(identity)


@receiver(appeal_relayed)
def tell_followers(sender: Any, appeal: Appeal, now: datetime, **_: Any) -> None:
    """It is being relayed: told once."""
    announce(appeal, now=now)


@receiver(appeal_stopped)
def untell_followers(sender: Any, appeal: Appeal, now: datetime, **_: Any) -> None:
    """It is over: what was told is taken back."""
    take_back(appeal, now=now)


@receiver(publication_gone)
def untell_gone(sender: Any, publication: Publication, now: datetime, **_: Any) -> None:
    """The post that was announced is relayed no more, or is again where other words stood in for it."""
    appeal = publication.appeal
    announced = getattr(appeal, "announcement", None)
    if announced is not None and announced.post == publication.uri:
        take_back(appeal, now=now)
    elif publication.instead and publication.network == NETWORK and appeal.state == "active":
        announce(appeal, now=now)


@receiver(taking_back)
def untelling_still(sender: Any, account: Account, **_: Any) -> bool:
    """Whether followers are still told that a message of theirs is over."""
    mine = Q(appeal__account=account) | Q(appeal__identity__account=account)
    return Announcement.objects.filter(mine, state="ending").exists()
