"""People's accounts on networks, and the one door to networks on their behalf."""

import json
import logging
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from colibri.common.work import ring
from colibri.networks import registry
from colibri.networks.base import Network, SignedIn
from colibri.networks.errors import NetworkError, Unauthorised
from colibri.networks.items import Actor
from colibri.networks.plain import plain_line
from colibri.people.actions.keeping import CredentialKeeper
from colibri.people.models import Account, Collective, Credential, Identity, Revocation

__all__ = [
    "OWN",
    "NotYours",
    "client_for",
    "connect_identity",
    "disconnect_identity",
    "give_up_revocation",
    "identity_connected",
    "identity_refused",
    "keep_identity",
    "note_refusal",
    "recognise",
    "register_own_actor",
    "revoke",
]

log = logging.getLogger(__name__)

identity_refused = Signal()
"""Sent with `identity` when nothing can be done in its name any more: its network refuses it, or it left."""

identity_connected = Signal()
"""Sent inside the transaction with `identity` and `now` when it is connected: what waited for it goes on."""


OWN = {"own": "1"}
"""The credentials of an actor this very server is the home of."""


def _homeless(identity: Identity) -> Network:
    raise Unauthorised(f"{identity}: no actor lives here")


_own_actor: Callable[[Identity], Network] = _homeless


def register_own_actor(make: Callable[[Identity], Network]) -> None:
    """Make known how an actor of our own is spoken for; called by the room that keeps them."""
    global _own_actor  # noqa: PLW0603 one for the whole program, set once when it starts
    _own_actor = make


class NotYours(Exception):
    """This identity is connected to another account here."""


def recognise(network: str, server: str, actor: Actor) -> Identity:
    """The identity of an actor, made or brought up to date."""
    shown = {"handle": plain_line(actor.handle), "name": plain_line(actor.name)[:200]}
    identity, _made = Identity.objects.update_or_create(
        network=network, actor_id=actor.id, defaults=shown, create_defaults={**shown, "server": server}
    )
    return identity


def connect_identity(
    network: str,
    handle: str,
    secret: str,
    *,
    server: str,
    account: Account | None = None,
    collective: Collective | None = None,
) -> Identity:
    """Prove control of an account on a network and keep its credentials sealed.

    Raises `Unauthorised` or another `NetworkError` where the proof fails, `NotYours` where the
    identity belongs to somebody else here. Nothing is written then.
    """
    actor, credentials = registry.sign_in(network, handle, secret, server, settings.GUARD)
    return keep_identity(
        network, SignedIn(actor, server, credentials), account=account, collective=collective
    )


@transaction.atomic
def keep_identity(
    network: str, signed_in: SignedIn, *, account: Account | None = None, collective: Collective | None = None
) -> Identity:
    """Keep the sealed credentials of an account whose control was proven. Raises `NotYours`."""
    identity = recognise(network, signed_in.address, signed_in.actor)
    if identity.account not in (None, account) or identity.collective not in (None, collective):
        raise NotYours(signed_in.actor.handle)
    identity.account, identity.collective = account, collective
    identity.server, identity.refused_at = signed_in.address, None
    identity.save()
    _keep(identity, signed_in)
    identity_connected.send(Identity, identity=identity, now=timezone.now())
    return identity


@transaction.atomic
def disconnect_identity(identity: Identity) -> None:
    """Forget the credentials and end them at their server; the identity stays known by its public name."""
    _plan_revocation(identity)
    Credential.objects.filter(identity=identity).delete()
    identity_refused.send(Identity, identity=identity)


def _plan_revocation(identity: Identity) -> None:
    """What was kept for this identity will be ended at its server, where the network can."""
    credential = Credential.objects.filter(identity=identity).first()
    if credential is None or registry.oauth(identity.network) is None:
        return
    ring(
        Revocation.objects.create(
            network=identity.network,
            server=identity.server,
            secret=credential.secret,
            due_at=timezone.now(),
        )
    )


def revoke(revocation: Revocation) -> None:
    """End credentials at their server; then they are nowhere. Raises `NetworkError`."""
    oauth = registry.oauth(revocation.network)
    credentials = json.loads(str(revocation.secret))
    if oauth is not None and credentials != OWN:
        oauth.revoke(credentials, revocation.server, settings.OAUTH_CLIENT, settings.GUARD)
    Revocation.objects.filter(pk=revocation.pk).update(secret="", ended_at=timezone.now())


def give_up_revocation(revocation: Revocation, error: NetworkError) -> None:
    """The server cannot be told, or has forgotten them itself: here they are forgotten in any case."""
    log.warning("credentials on %s could not be ended: %s", revocation.server, error)
    Revocation.objects.filter(pk=revocation.pk).update(secret="")


def _keep(identity: Identity, signed_in: SignedIn) -> None:
    kept = {"secret": json.dumps(signed_in.credentials), "ends_at": signed_in.ends_at}
    Credential.objects.update_or_create(identity=identity, defaults={**kept, "stored_at": timezone.now()})


def client_for(identity: Identity) -> Network:
    """A client signed in as this identity. Raises `Unauthorised` where there is nothing to sign in with."""
    credential = getattr(identity, "credential", None)
    if credential is None or identity.refused_at is not None:
        raise Unauthorised(f"{identity} is not connected")
    known = json.loads(credential.secret)
    if known == OWN:
        return _own_actor(identity)
    return registry.connect(
        identity.network,
        credentials=known,
        address=identity.server,
        guard=settings.GUARD,
        on_refresh=CredentialKeeper(identity.pk),
    )


def note_refusal(identity: Identity, error: NetworkError, *, now: datetime) -> None:
    """Remember that a network no longer accepts this identity, so that nobody tries again in vain."""
    if isinstance(error, Unauthorised):
        changed = Identity.objects.filter(pk=identity.pk, refused_at=None).update(refused_at=now)
        identity.refused_at = identity.refused_at or now
        if changed:
            identity_refused.send(Identity, identity=identity)
