"""Fetching followers politely and keeping of each a hash and a class, nothing else."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import numpy as np
from django.conf import settings
from django.dispatch import Signal
from django.utils import timezone
from numpy.typing import NDArray

from colibri.audiences.models import HASH, Audience
from colibri.audiences.queries import reader
from colibri.common.work import ring
from colibri.compute.timing import HOURS
from colibri.networks.errors import NetworkError, Unauthorised
from colibri.networks.hashtags import fold, hashtags_in
from colibri.networks.items import Actor, Interactions
from colibri.people.actions import client_for, note_refusal
from colibri.people.models import Identity

__all__ = ["biographies_read", "fetch_audience", "give_up_audience", "hash_member", "want_audience"]

REFRESHED = timedelta(days=7)
"""Followers are fetched again after a week."""
TRIED_AGAIN = timedelta(days=1)
"""A fetch that was given up begins anew after a day."""
PAGES_AT_ONCE = 50
"""A longer list of followers takes several turns, so that no turn outlasts its lease."""


biographies_read = Signal()
"""Sent with `identity`, `now` and `wearers`: those of its followers whose biography carries hashtags, each an
actor and the folded hashtags. Nothing of them is kept here."""


def hash_member(actor_id: str) -> int:
    """A follower's keyed 64-bit hash (BLAKE2b): without the installation's key it names nobody."""
    digest = hashlib.blake2b(actor_id.encode(), key=settings.MEMBER_HASH_KEY.encode(), digest_size=8)
    return int.from_bytes(digest.digest(), "little", signed=True)


def want_audience(identity: Identity, *, now: datetime) -> Audience:
    """See to it that an identity's followers are known and kept fresh."""
    audience, made = Audience.objects.get_or_create(identity=identity, defaults={"due_at": now})
    if not made and audience.due_at is None:
        due = audience.fetched_at + REFRESHED if audience.fetched_at else now
        Audience.objects.filter(pk=audience.pk).update(due_at=due, attempts=0)
    ring(audience)
    return audience


def fetch_audience(audience: Audience) -> datetime:
    """Fetch what is missing, page by page, each kept as it comes; returns when to go on or to refresh.

    Raises `NetworkError`; the next try goes on where this one ended.
    """
    client = client_for(audience.identity)
    actor_id = audience.identity.actor_id
    rows = bytearray(audience.fetching)
    cursor = audience.cursor
    for _turn in range(PAGES_AT_ONCE):
        page = client.fetch_followers(actor_id, cursor=cursor)
        rows += _rows(page.items).tobytes()
        _tell_of_hashtags(audience.identity, page.items)
        cursor = page.next
        if not cursor:
            break
        Audience.objects.filter(pk=audience.pk).update(fetching=bytes(rows), cursor=cursor)
    else:
        return timezone.now()
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
        hours=_by_hour(seen),
    )
    return now + REFRESHED


def _by_hour(seen: Iterable[Interactions]) -> list[tuple[int, int]]:
    counts = [(0, 0)] * HOURS
    for one in seen:
        hour = one.created_at.astimezone(UTC).hour
        counts[hour] = (counts[hour][0] + 1, counts[hour][1] + one.total)
    return counts


def give_up_audience(audience: Audience, error: NetworkError) -> None:
    """Keep what was known before and begin anew another day; a refused identity waits for its owner."""
    now = timezone.now()
    note_refusal(audience.identity, error, now=now)
    due = None if isinstance(error, Unauthorised) else now + TRIED_AGAIN
    Audience.objects.filter(pk=audience.pk).update(fetching=b"", cursor="", due_at=due, attempts=0)


def _rows(actors: Iterable[Actor]) -> "NDArray[np.void]":
    classify = reader().classify_biography
    return np.array([(hash_member(actor.id), classify(actor.biography)) for actor in actors], dtype=HASH)


def _tell_of_hashtags(identity: Identity, actors: Iterable[Actor]) -> None:
    tagged = ((actor, hashtags_in(actor.biography)) for actor in actors if "#" in actor.biography)
    wearers = [(actor, set(map(fold, worn))) for actor, worn in tagged if worn]
    if wearers:
        biographies_read.send(Audience, identity=identity, wearers=wearers, now=timezone.now())


def _distinct(rows: "NDArray[np.void]") -> "NDArray[np.void]":
    ordered = rows[np.argsort(rows["member"], kind="stable")]
    members = ordered["member"]
    first = np.concatenate(([True], members[1:] != members[:-1])) if len(ordered) else np.zeros(0, dtype=bool)
    return ordered[first]
