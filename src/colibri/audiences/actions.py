"""Fetching followers politely and keeping of each a hash and a class, nothing else."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

import numpy as np
from django.conf import settings
from django.utils import timezone
from numpy.typing import NDArray

from colibri.audiences.models import HASH, Audience
from colibri.audiences.queries import reader
from colibri.common.work import ring
from colibri.networks.errors import NetworkError
from colibri.networks.items import Actor
from colibri.people.actions import client_for, note_refusal
from colibri.people.models import Identity

__all__ = ["fetch_audience", "give_up_audience", "hash_member", "want_audience"]

REFRESHED = timedelta(days=7)
"""Followers are fetched again after a week."""


def hash_member(actor_id: str) -> int:
    """A follower's keyed 64-bit hash (BLAKE2b): without the installation's key it names nobody."""
    digest = hashlib.blake2b(actor_id.encode(), key=settings.MEMBER_HASH_KEY.encode(), digest_size=8)
    return int.from_bytes(digest.digest(), "little", signed=True)


def want_audience(identity: Identity, *, now: datetime) -> Audience:
    """See to it that an identity's followers are known and kept fresh."""
    audience, made = Audience.objects.get_or_create(identity=identity, defaults={"due_at": now})
    if not made and audience.due_at is None and identity.refused_at is None:
        fresh_until = (audience.fetched_at or now) + REFRESHED
        Audience.objects.filter(pk=audience.pk).update(due_at=fresh_until if audience.fetched_at else now)
    if made:
        ring(audience)
    return audience


def fetch_audience(audience: Audience) -> datetime:
    """Fetch what is missing, page by page, each kept as it comes; returns when to refresh.

    Raises `NetworkError`; the next try goes on where this one ended.
    """
    client = client_for(audience.identity)
    actor_id = audience.identity.actor_id
    rows = bytearray(audience.fetching)
    cursor = audience.cursor
    while True:
        page = client.fetch_followers(actor_id, cursor=cursor)
        rows += _rows(page.items).tobytes()
        cursor = page.next
        if not cursor:
            break
        Audience.objects.filter(pk=audience.pk).update(fetching=bytes(rows), cursor=cursor)
    seen = client.fetch_interactions(actor_id)
    members = _distinct(np.frombuffer(bytes(rows), dtype=HASH))
    now = timezone.now()
    Audience.objects.filter(pk=audience.pk).update(
        followers=members.tobytes(),
        size=len(members),
        unknown=int(np.count_nonzero(members["kind"] == 0)),
        fetched_at=now,
        fetching=b"",
        cursor="",
        interactions=sum(one.total for one in seen),
        posts=len(seen),
    )
    return now + REFRESHED


def give_up_audience(audience: Audience, error: NetworkError) -> None:
    """Keep what was known before; a refused identity is said so to its owner."""
    note_refusal(audience.identity, error, now=timezone.now())


def _rows(actors: Iterable[Actor]) -> "NDArray[np.void]":
    classify = reader().classify_biography
    return np.array([(hash_member(actor.id), classify(actor.biography)) for actor in actors], dtype=HASH)


def _distinct(rows: "NDArray[np.void]") -> "NDArray[np.void]":
    ordered = rows[np.argsort(rows["member"], kind="stable")]
    members = ordered["member"]
    first = np.concatenate(([True], members[1:] != members[:-1])) if len(ordered) else np.zeros(0, dtype=bool)
    return ordered[first]
