"""Who follows our actors, and whom these follow."""

import hashlib
import json
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from colibri.common.states import WrongMove
from colibri.federation.actions.actors import as_item, find_peer, meet, remember
from colibri.federation.actions.sending import record
from colibri.federation.actions.speaking import OwnActor
from colibri.federation.addresses import activity_id, is_ours, own_host
from colibri.federation.models import FOLLOWING, Activity, Follower, Following, RemoteActor
from colibri.federation.queries import NETWORK, actor_of, blocks_us, is_blocked, offer_page
from colibri.networks.activitypub import writing
from colibri.networks.activitypub.reading import Document, id_of
from colibri.networks.errors import Refused
from colibri.people.models import Collective, Identity

__all__ = [
    "FOLLOWED_MOST",
    "NotToFollow",
    "TooManyFollowed",
    "accept_follow",
    "end_following",
    "follow",
    "follow_named",
    "lose_follower",
    "move_follower",
    "note_acceptance",
    "short_key",
]


FOLLOWED_MOST = 100
"""Accounts one collective follows."""
PATIENCE = 10.0
"""Seconds a server has for each answer while an animator waits."""


class NotToFollow(Refused):
    """It lives here, wants nothing from the collective, or its server is blocked."""


class TooManyFollowed(Exception):
    """A collective follows enough accounts already."""


def short_key(*words: str) -> str:
    """A key made of what it is for, so that the same thing is said once."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:32]


def accept_follow(identity: Identity, actor: RemoteActor, asked: Document, *, now: datetime) -> None:
    """Somebody follows one of our actors: accepted and, the first time, told what it means."""
    collective = _collective(identity)
    refused = blocks_us(collective, actor.actor_id)
    _answer(identity, actor, asked, "Reject" if refused else "Accept", now=now)
    if refused:
        return
    Follower.objects.update_or_create(
        collective=collective, actor=actor, defaults={"follow_id": id_of(asked), "since": now}
    )
    key = short_key("welcome", actor.actor_id)
    if not Activity.objects.filter(identity=identity, key=key).exists():
        OwnActor(identity).tell(as_item(actor), welcome(collective), key=key)


def welcome(collective: Collective) -> str:
    """What a new follower is told, once."""
    with override(collective.languages[0] if collective.languages else "fr"):
        words = _(
            "Thank you! By following {name} you support people who look for work. "
            "To carry their messages further, lend your account: {link}"
        )
        return words.format(name=collective.name, link=offer_page(collective))


def _answer(identity: Identity, actor: RemoteActor, asked: Document, kind: str, *, now: datetime) -> None:
    key = short_key(kind, id_of(asked), now.isoformat())
    inner: Document = {name: asked[name] for name in ("id", "type", "actor", "object")}
    here = identity.actor_id
    document = writing.activity(kind, activity_id(here, key), here, inner, to=[actor.actor_id])
    record(identity, key, document, inboxes=[actor.inbox], addressee=actor.actor_id, now=now)


def lose_follower(actor: RemoteActor, *, collective: Collective | None = None, follow_id: str = "") -> None:
    """They follow no more: one of our actors, or whichever this follow was of."""
    follows = Follower.objects.filter(actor=actor)
    if collective is not None:
        follows = follows.filter(collective=collective)
    if follow_id:
        follows = follows.filter(follow_id=follow_id)
    follows.delete()


def move_follower(old: RemoteActor, new: RemoteActor, *, now: datetime) -> None:
    """Somebody lives elsewhere now: they follow from there, and are followed there."""
    for follower in Follower.objects.filter(actor=old):
        if not Follower.objects.filter(collective=follower.collective, actor=new).exists():
            Follower.objects.filter(pk=follower.pk).update(actor=new)
    Follower.objects.filter(actor=old).delete()
    for following in Following.objects.filter(actor=old, state="accepted"):
        follow(following.collective, new.actor_id, now=now)
    Following.objects.filter(actor=old).delete()


def follow_named(collective: Collective, who: str, *, now: datetime) -> Following:
    """Ask to follow somebody named user@host or by an address.

    Raises `NetworkError`, `NotToFollow` among them, and `TooManyFollowed`.
    """
    if is_ours(who) or who.rpartition("@")[2] == own_host():
        raise NotToFollow(f"{who} lives here")
    if Following.objects.filter(collective=collective).count() >= FOLLOWED_MOST:
        raise TooManyFollowed
    peer = find_peer(who, actor_of(collective), patience=PATIENCE)
    if is_ours(peer.actor.id) or is_blocked(peer.actor.id) or blocks_us(collective, peer.actor.id):
        raise NotToFollow(f"{peer.actor.id} is not to be followed")
    return follow(collective, remember(peer, now=now).actor_id, now=now)


@transaction.atomic
def follow(collective: Collective, actor_id: str, *, now: datetime) -> Following:
    """Ask to follow somebody; nothing counts before they accept. Raises `NetworkError`.

    Who was asked already is not asked again, unless they refused.
    """
    identity = actor_of(collective)
    if identity is None:
        raise Refused(f"{collective} has no actor of its own")
    actor = meet(actor_id, by=identity, now=now)
    key = short_key("follow", actor_id, now.isoformat())
    here = identity.actor_id
    document = writing.activity("Follow", activity_id(here, key), here, actor_id, to=[actor_id])
    Following.objects.filter(collective=collective, actor=actor, state="refused").delete()
    following, made = Following.objects.get_or_create(
        collective=collective, actor=actor, defaults={"follow_id": document["id"], "asked_at": now}
    )
    if made:
        record(identity, key, document, inboxes=[actor.inbox], addressee=actor_id, now=now)
    return following


@transaction.atomic
def end_following(following: Following, *, now: datetime) -> None:
    """Follow somebody no more."""
    asked = Activity.objects.filter(uri=following.follow_id).select_related("identity").first()
    if asked is not None and following.state != "refused":
        document = writing.undo(json.loads(str(asked.document)))
        inboxes = [following.actor.inbox]
        record(asked.identity, f"{asked.key}-end", document, inboxes=inboxes, now=now)
    following.delete()


def note_acceptance(actor: RemoteActor, answered: str, *, accepted: bool) -> None:
    """They answered our wish to follow them, or no longer have us follow."""
    asked = Following.objects.filter(actor=actor, follow_id=answered).first()
    if asked is not None:
        with suppress(WrongMove):  # said twice
            FOLLOWING.move(asked, "accepted" if accepted else "refused")


def _collective(identity: Identity) -> Collective:
    if identity.network != NETWORK or identity.collective is None:
        raise Refused(f"{identity} is no actor of ours")
    return identity.collective
