"""What comes to an inbox: proven to be whose it says, kept if it may concern us, acted upon by a worker."""

import logging
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from colibri.common.actions import count
from colibri.common.turns import Busy, Turns
from colibri.common.work import ring
from colibri.federation.actions.actors import fetch_peer, remember
from colibri.federation.actions.sending import hear_from
from colibri.federation.models import Incoming, RemoteActor
from colibri.federation.queries import is_blocked
from colibri.federation.relevance import kind_of, verb_of
from colibri.networks.activitypub.proving import read_claim
from colibri.networks.activitypub.reading import Unreadable, host_of, id_of, read_document, same_host
from colibri.networks.activitypub.signatures import SKEW, BadSignature, Claim, Request, verify
from colibri.networks.errors import NetworkError

__all__ = ["TooMany", "forget_old", "prove_reader", "receive"]

log = logging.getLogger(__name__)

A_MINUTE = timedelta(minutes=1)
MOST_A_MINUTE = 600
"""Activities taken from one server each minute; it is told to come back, and does."""
KEYS_A_MINUTE = 60
"""Actors asked of one server each minute, so that nobody makes us ask another one to death."""
PATIENCE = 4.0
"""Seconds an actor's server has to show a key: the sender waits meanwhile, and so does a thread of ours."""
ASKING = Turns(1)
"""Whoever brings an unknown key while another is asked for comes back later, as servers do: a server that
never answers holds one thread for some seconds, and no more.
"""
REFETCH_AFTER = timedelta(minutes=5)
"""How long before a key that did not fit is asked for once more."""
REMEMBERED = timedelta(days=3)
"""How long an activity's id is kept, far longer than its signature is good."""


class TooMany(Exception):
    """This server sends or has us ask more than one can take in a minute."""


def receive(request: Request, *, now: datetime) -> bool:
    """Check a posted activity and keep it where it may concern us; says whether it was kept.

    Raises `Unreadable` (no such document), `BadSignature` (not proven), `TooMany`; nothing is kept then.
    """
    activity = read_document(request.body or b"")
    actor_id, activity_id = id_of(activity.get("actor")), id_of(activity.get("id"))
    if not actor_id or not activity_id or len(actor_id) > 300:
        raise Unreadable("an activity has an id and an actor")
    claim = read_claim(request, now=now)
    if not same_host(claim.key_id, actor_id, activity_id):
        raise BadSignature("key, actor and activity are of different servers")
    host = host_of(actor_id)
    _no_more_than(MOST_A_MINUTE, f"activities from {host}", now=now)
    if is_blocked(actor_id):
        raise BadSignature(f"{host} is blocked")
    kind = kind_of(activity)
    if verb_of(activity) == "Delete" and not kind:
        return False  # mostly accounts that are gone, whose keys nobody can ask for
    prove(claim, actor_id, now=now, keep=bool(kind))
    if count(f"signature {claim.signature.hex()}", lasts=2 * SKEW, now=now) > 1:
        raise BadSignature("this very request has come before")
    hear_from(host, now=now)
    return bool(kind) and _keep(activity_id, actor_id, request.body or b"", now=now)


def _keep(activity_id: str, actor_id: str, body: bytes, *, now: datetime) -> bool:
    try:
        with transaction.atomic():
            kept = Incoming.objects.create(
                activity_id=activity_id,
                actor_id=actor_id,
                document=body.decode(),
                received_at=now,
                due_at=now,
            )
            ring(kept)
    except IntegrityError:
        return False  # it came before, by another inbox or a second try
    return True


def prove(claim: Claim, actor_id: str, *, now: datetime, keep: bool = True) -> None:
    """Check that a claim is signed with a key of this actor's, as their own server shows it.

    A key we know that does not fit, or is not known, is asked for once: they may have changed it.
    Raises `BadSignature`, `TooMany`.
    """
    known = RemoteActor.objects.filter(actor_id=actor_id).first()
    pem = known.keys.get(claim.key_id) if known else None
    if pem is not None:
        try:
            verify(claim, pem)
        except BadSignature:
            if count(f"key asked again {claim.key_id}", lasts=REFETCH_AFTER, now=now) > 1:
                raise
        else:
            return
    _no_more_than(KEYS_A_MINUTE, f"keys of {host_of(actor_id)}", now=now)
    try:
        with ASKING.taken():
            peer = fetch_peer(actor_id, patience=PATIENCE)
    except Busy as error:
        raise TooMany("keys being asked for") from error
    except NetworkError as error:
        raise BadSignature(f"{actor_id} cannot be asked: {error}") from error
    fresh = dict(peer.keys).get(claim.key_id)
    if fresh is None:
        raise BadSignature(f"{claim.key_id} is no key of {actor_id}")
    verify(claim, fresh)
    if keep or known is not None:
        remember(peer, now=now)


def prove_reader(request: Request, actor_id: str, *, now: datetime) -> bool:
    """Whether who asks for a document is this actor. Writes nothing."""
    try:
        claim = read_claim(request, now=now)
        if not same_host(claim.key_id, actor_id):
            return False
        known = RemoteActor.objects.filter(actor_id=actor_id).first()
        pem = known.keys.get(claim.key_id) if known else None
        if pem is None:
            return False
        verify(claim, pem)
    except BadSignature as fault:
        log.info("a reader is not who they say: %s", fault)
        return False
    return True


def _no_more_than(most: int, what: str, *, now: datetime) -> None:
    if count(what, lasts=A_MINUTE, now=now) > most:
        raise TooMany(what)


def forget_old(*, now: datetime) -> int:
    """Ids of activities that nobody can send again."""
    done = Incoming.objects.filter(received_at__lt=now - REMEMBERED, due_at=None)
    return done.delete()[0]
