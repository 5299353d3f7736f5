"""What changes people's rows, and the one door to networks on their behalf."""

import json
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from colibri.networks import registry
from colibri.networks.base import Network
from colibri.networks.errors import NetworkError, Unauthorised
from colibri.networks.items import Actor
from colibri.people.models import Account, Block, Collective, Consent, Credential, Identity, NoticeOff, Role
from colibri.people.queries import standing_consents

__all__ = [
    "OWN",
    "NotYours",
    "block",
    "choose_language",
    "client_for",
    "connect_identity",
    "consent_withdrawn",
    "disconnect_identity",
    "give_consent",
    "give_role",
    "identity_connected",
    "identity_refused",
    "note_refusal",
    "recognise",
    "register_own_actor",
    "silence_notice",
    "unblock",
    "want_notice",
    "withdraw_consent",
]

consent_withdrawn = Signal()
"""Sent inside the transaction with `consent`: rooms above stop what rested on it."""

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
    identity, _made = Identity.objects.update_or_create(
        network=network,
        actor_id=actor.id,
        defaults={"handle": actor.handle, "name": actor.name[:200]},
        create_defaults={"handle": actor.handle, "name": actor.name[:200], "server": server},
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
    with transaction.atomic():
        identity = recognise(network, server, actor)
        if identity.account not in (None, account) or identity.collective not in (None, collective):
            raise NotYours(actor.handle)
        identity.account, identity.collective = account, collective
        identity.server, identity.refused_at = server, None
        identity.save()
        _keep(identity, credentials)
        identity_connected.send(Identity, identity=identity, now=timezone.now())
    return identity


@transaction.atomic
def disconnect_identity(identity: Identity) -> None:
    """Forget the credentials; the identity stays known by its public name."""
    Credential.objects.filter(identity=identity).delete()
    identity_refused.send(Identity, identity=identity)


def _keep(identity: Identity, credentials: dict[str, str]) -> None:
    Credential.objects.update_or_create(
        identity=identity, defaults={"secret": json.dumps(credentials), "stored_at": timezone.now()}
    )


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
        on_refresh=lambda credentials: _keep(identity, credentials),
    )


def note_refusal(identity: Identity, error: NetworkError, *, now: datetime) -> None:
    """Remember that a network no longer accepts this identity, so that nobody tries again in vain."""
    if isinstance(error, Unauthorised):
        changed = Identity.objects.filter(pk=identity.pk, refused_at=None).update(refused_at=now)
        identity.refused_at = identity.refused_at or now
        if changed:
            identity_refused.send(Identity, identity=identity)


def give_role(account: Account, collective: Collective, kind: str) -> Role:
    """Let the account hold a role; holding it already changes nothing."""
    role, _made = Role.objects.get_or_create(account=account, collective=collective, kind=kind, until=None)
    return role


def give_consent(
    collective: Collective,
    purpose: str,
    *,
    account: Account | None = None,
    identity: Identity | None = None,
    by: str,
    now: datetime,
) -> Consent:
    """Write down a yes; one that still stands is returned as it is."""
    standing = standing_consents(collective, purpose, account=account, identity=identity).first()
    return standing or Consent.objects.create(
        collective=collective, purpose=purpose, account=account, identity=identity, given_by=by, given_at=now
    )


@transaction.atomic
def withdraw_consent(
    collective: Collective,
    purpose: str,
    *,
    account: Account | None = None,
    identity: Identity | None = None,
    by: str,
    now: datetime,
) -> int:
    """Withdraw every standing yes to a purpose and stop what rested on it; returns how many there were."""
    standing = list(standing_consents(collective, purpose, account=account, identity=identity))
    for consent in standing:
        consent.withdrawn_at, consent.withdrawn_by = now, by
        consent.save(update_fields=["withdrawn_at", "withdrawn_by"])
        consent_withdrawn.send(Consent, consent=consent, now=now)
    return len(standing)


def silence_notice(account: Account, kind: str) -> None:
    """Send no more mail of this kind."""
    NoticeOff.objects.get_or_create(account=account, kind=kind)


def want_notice(account: Account, kind: str) -> None:
    """Send mail of this kind again."""
    NoticeOff.objects.filter(account=account, kind=kind).delete()


def block(account: Account, collective: Collective, identity: Identity) -> Block:
    """Keep an account and an identity apart from now on; blocking twice changes nothing."""
    found, _made = Block.objects.get_or_create(account=account, collective=collective, identity=identity)
    return found


def unblock(found: Block) -> None:
    """Let them meet again."""
    found.delete()


def choose_language(account: Account, language: str) -> None:
    """Write to the account in this language from now on."""
    Account.objects.filter(pk=account.pk).update(language=language)
