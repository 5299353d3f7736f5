"""Agreeing to be ranked, listening to how one is heard, and ranking a collective's accounts."""

from datetime import datetime, timedelta

import numpy as np
from django.db import transaction
from django.utils import timezone

from colibri.audiences.actions import hash_member
from colibri.common.work import ring
from colibri.compute.ranking import heard, ranking
from colibri.networks.errors import Gone, NetworkError
from colibri.people.actions import client_for, give_consent, withdraw_consent
from colibri.people.models import Account, Collective
from colibri.showcase.models import Ranked
from colibri.showcase.queries import rankable, ranked_of

__all__ = ["PURPOSE", "be_ranked", "be_ranked_no_more", "drop_ranked", "give_up_ranked", "listen", "rank"]

PURPOSE = "be_ranked"
POSTS = 20
"""So many recent posts are listened to; each is one question to a network, or two."""
AGAIN = timedelta(days=7)
TRIED_AGAIN = timedelta(days=1)


@transaction.atomic
def be_ranked(account: Account, collective: Collective, *, by: str, now: datetime) -> int:
    """Agree, for every connected account on a network; returns how many there are."""
    give_consent(collective, PURPOSE, account=account, by=by, now=now)
    rows = [
        Ranked.objects.get_or_create(identity=one, collective=collective, defaults={"due_at": now})
        for one in rankable(account)
    ]
    for row, made in rows:
        if made:
            ring(row)
    return len(rows)


def be_ranked_no_more(account: Account, collective: Collective, *, by: str, now: datetime) -> None:
    """Take that yes back; the signal of it erases what was kept."""
    withdraw_consent(collective, PURPOSE, account=account, by=by, now=now)


@transaction.atomic
def drop_ranked(account: Account, collective: Collective, *, now: datetime) -> None:
    """Nothing is kept of whoever withdrew, and the others move up."""
    gone, _kinds = Ranked.objects.filter(identity__account=account, collective=collective).delete()
    if gone:
        rank(collective, now=now)


def listen(row: Ranked) -> datetime:
    """Ask how the newest posts were received and by whom; then rank. Raises `NetworkError`."""
    identity, now = row.identity, timezone.now()
    client = client_for(identity)
    try:
        followers = client.fetch_actor(identity.actor_id).followers
        posts = client.fetch_interactions(identity.actor_id, limit=POSTS)
        reactions = [_reactors(client.fetch_reactors(one.uri)) if one.total else [] for one in posts]
    finally:
        client.close()
    kept = {"reactions": reactions, "followers": followers or 0, "fetched_at": now}
    Ranked.objects.filter(pk=row.pk).update(**kept)
    rank(row.collective, now=now)
    return now + AGAIN


def _reactors(actor_ids: tuple[str, ...]) -> list[int]:
    return [hash_member(one) for one in actor_ids]


def give_up_ranked(row: Ranked, error: NetworkError) -> None:
    """What is gone is ranked no more; anything else is asked another day."""
    if isinstance(error, Gone):
        row.delete()
        return
    Ranked.objects.filter(pk=row.pk).update(due_at=timezone.now() + TRIED_AGAIN, attempts=0)


def rank(collective: Collective, *, now: datetime) -> int:
    """Rank everybody who agreed and was heard of lately; returns how many."""
    rows = ranked_of(collective, now=now)
    posts = [(number, reactors) for number, row in enumerate(rows) for reactors in row.reactions]
    author = np.array([number for number, _ in posts], dtype=np.int64)
    pairs = [(post, one) for post, (_, reactors) in enumerate(posts) for one in reactors]
    post, reactor = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    members = np.array([hash_member(row.identity.actor_id) for row in rows], dtype=np.int64)
    found = ranking(author, heard(author, members, post, reactor).counted, [row.followers for row in rows])
    for number, row in enumerate(rows):
        row.rate, row.low, row.high = (float(one[number]) for one in (found.rate, found.low, found.high))
        row.place, row.first, row.last = (int(one[number]) for one in (found.place, found.first, found.last))
        row.ranked_at = now
    Ranked.objects.bulk_update(rows, ["rate", "low", "high", "place", "first", "last", "ranked_at"])
    return len(rows)
