"""Our own actors and their keys; the actors of others, remembered once they proved themselves."""

import json
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.db import transaction

from colibri.federation.addresses import actor_id_of, own_host
from colibri.federation.models import ActorKey, RemoteActor
from colibri.federation.queries import NETWORK, any_actor, current_key, own_actor, own_actors
from colibri.networks.activitypub.asking import Asker
from colibri.networks.activitypub.people import Peer, peer_of
from colibri.networks.activitypub.reading import Unreadable
from colibri.networks.activitypub.signatures import make_key
from colibri.networks.errors import Refused
from colibri.networks.guard import Guard
from colibri.networks.items import Actor
from colibri.people.actions import OWN
from colibri.people.models import Collective, Credential, Identity

__all__ = [
    "as_item",
    "asker",
    "ensure_actor",
    "ensure_actors",
    "fetch_peer",
    "find_peer",
    "meet",
    "remember",
    "rotate_key",
]

PATIENCE, PATIENCE_TO_CONNECT = 20.0, 5.0
"""Seconds another server has to answer: less than a worker holds a piece of work."""


@transaction.atomic
def ensure_actor(collective: Collective, *, now: datetime) -> Identity | None:
    """The collective's own actor with its first key, made where missing; None where we do not federate."""
    if not settings.FEDERATION:
        return None
    actor_id = actor_id_of(collective.slug)
    identity = own_actors().filter(collective=collective).first() or own_actor(actor_id)
    if identity is not None:
        return identity
    identity, _made = Identity.objects.get_or_create(
        network=NETWORK,
        actor_id=actor_id,
        defaults={
            "collective": collective,
            "handle": f"{collective.slug}@{own_host()}",
            "name": collective.name,
        },
    )
    Credential.objects.update_or_create(
        identity=identity, defaults={"secret": json.dumps(OWN), "stored_at": now}
    )
    _new_key(identity, now=now)
    return identity


def ensure_actors(*, now: datetime) -> int:
    """Every collective's actor; returns how many were made."""
    if not settings.FEDERATION:
        return 0
    missing = Collective.objects.exclude(pk__in=own_actors().values("collective"))
    return sum(ensure_actor(collective, now=now) is not None for collective in missing)


@transaction.atomic
def rotate_key(identity: Identity, *, now: datetime) -> ActorKey:
    """A new key for an actor of ours; the former is shown for a week more, and signs nothing."""
    ActorKey.objects.filter(identity=identity, retired_at=None).update(retired_at=now)
    return _new_key(identity, now=now)


def _new_key(identity: Identity, *, now: datetime) -> ActorKey:
    private, public = make_key()
    return ActorKey.objects.create(identity=identity, private_pem=private, public_pem=public, made_at=now)


@lru_cache(maxsize=8)
def _patient(guard: Guard, patience: float) -> Guard:
    return replace(guard, total_timeout=patience, connect_timeout=min(patience, PATIENCE_TO_CONNECT))


def asker(identity: Identity | None = None, *, patience: float = PATIENCE) -> Asker:
    """Who asks other servers: an actor of ours, any of them where none is named."""
    who = identity or any_actor()
    return Asker(_patient(settings.GUARD, patience), current_key(who) if who else None)


def find_peer(who: str, by: Identity | None = None, *, patience: float = PATIENCE) -> Peer:
    """Somebody by user@host or by the address of their page or actor. Raises `NetworkError`."""
    return _shown(who if "://" in who else asker(by, patience=patience).look_up(who), by, patience)


def fetch_peer(actor_id: str, by: Identity | None = None, *, patience: float = PATIENCE) -> Peer:
    """An actor as its own server shows it. Raises `NetworkError`, `Refused` where it shows somebody else."""
    found = _shown(actor_id, by, patience)
    if found.actor.id != actor_id:
        raise Refused(f"{actor_id!r} is {found.actor.id!r}")
    return found


def _shown(address: str, by: Identity | None, patience: float) -> Peer:
    try:
        return peer_of(asker(by, patience=patience).document(address))
    except Unreadable as fault:
        raise Refused(f"{address!r}: {fault}") from fault


def remember(peer: Peer, *, now: datetime) -> RemoteActor:
    """Keep where an actor is written to, and its keys."""
    found, _made = RemoteActor.objects.update_or_create(
        actor_id=peer.actor.id,
        defaults={
            "handle": peer.actor.handle,
            "name": peer.actor.name,
            "inbox": peer.inbox,
            "shared_inbox": peer.shared_inbox,
            "keys": dict(peer.keys),
            "fetched_at": now,
        },
    )
    return found


def meet(actor_id: str, *, by: Identity | None = None, now: datetime) -> RemoteActor:
    """An actor we know, or get to know now. Raises `NetworkError`."""
    known = RemoteActor.objects.filter(actor_id=actor_id).first()
    return known or remember(fetch_peer(actor_id, by), now=now)


def as_item(actor: RemoteActor) -> Actor:
    """The neutral item."""
    return Actor(id=actor.actor_id, handle=actor.handle, name=actor.name)
