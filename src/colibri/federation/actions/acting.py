"""Acting upon what was received and proven: one function for each verb."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from colibri.appeals.actions.intake import stop_author
from colibri.appeals.models import Appeal, Publication
from colibri.appeals.queries import appeal_of_note
from colibri.federation.actions.actors import as_item, asker, fetch_peer, meet, remember
from colibri.federation.actions.following import (
    accept_follow,
    lose_follower,
    move_follower,
    note_acceptance,
    short_key,
)
from colibri.federation.actions.hearing import hand_down
from colibri.federation.actions.reports import keep_report
from colibri.federation.actions.sending import drop_waiting
from colibri.federation.actions.speaking import OwnActor, author_of
from colibri.federation.models import Delivery, Incoming, RemoteActor
from colibri.federation.queries import NETWORK, blocks_us, own_actor, own_actors
from colibri.federation.relevance import collectives_meant, kind_of, ours_among, says_stop, shown_by
from colibri.federation.words import public_please
from colibri.networks.activitypub.people import post_of
from colibri.networks.activitypub.reading import (
    Document,
    Unreadable,
    id_of,
    ids_of,
    is_public,
    object_of,
    read_document,
    same_host,
    text_of,
    types_of,
)
from colibri.networks.activitypub.text import plain_text
from colibri.networks.errors import NetworkError, Refused
from colibri.networks.items import Event
from colibri.people.actions import recognise, withdraw_consent
from colibri.people.models import Block, Collective, Consent, Identity

__all__ = ["act_upon", "give_up"]


def act_upon(incoming: Incoming) -> None:
    """Do what an activity asks, then forget its words. Raises `NetworkError`; the row keeps why."""
    now = timezone.now()
    activity = read_document(str(incoming.document or "{}").encode())
    kind = kind_of(activity)
    if kind:
        try:
            actor = meet(incoming.actor_id, now=now)
            _ACTS[kind](actor, activity, now)
        except Unreadable as fault:
            raise Refused(str(fault)) from fault
    forget(incoming)


def give_up(incoming: Incoming, error: NetworkError) -> None:
    """It is not to be acted upon, or could not be for too long."""
    forget(incoming)


def forget(incoming: Incoming) -> None:
    """Its words; that it came is remembered for some days."""
    Incoming.objects.filter(pk=incoming.pk).update(document=None)


def _create(actor: RemoteActor, activity: Document, now: datetime) -> None:
    _hear_post(actor, activity, "post", now)


def _hear_post(actor: RemoteActor, activity: Document, kind: str, now: datetime) -> None:
    post = _own_object(actor, activity)
    heard = Event(kind, id_of(post), "", post_of(post, as_item(actor)))
    answered = appeal_of_note(id_of(post.get("inReplyTo")))
    server = actor.handle.partition("@")[2]
    if answered is not None:
        hand_down(answered.collective, NETWORK, server, heard, now=now)
    elif not is_public(post):
        for identity in ours_among(activity, post):
            if says_stop(post):
                stop_everything(actor, identity, by=id_of(post), now=now)
            elif identity.collective in collectives_meant(post):
                ask_in_public(actor, identity)
    else:
        meant = collectives_meant(post)
        known = Publication.objects.filter(uri=id_of(post)).select_related("appeal__collective").first()
        if known is not None and known.appeal.collective not in meant:
            meant.append(known.appeal.collective)  # an edit that took the hashtag away is an edit still
        for collective in meant:
            hand_down(collective, NETWORK, server, heard, now=now)


def ask_in_public(actor: RemoteActor, identity: Identity) -> None:
    """Whoever asks in private to be relayed is told, once, that only what everybody may read can be."""
    if identity.collective is not None and not blocks_us(identity.collective, actor.actor_id):
        key = short_key("in public", actor.actor_id)
        OwnActor(identity).tell(as_item(actor), public_please(identity.collective), key=key)


def _own_object(actor: RemoteActor, activity: Document) -> Document:
    """The post an activity carries, trusted as far as its signer's server; else fetched where it lives."""
    carried, uri = object_of(activity), id_of(activity.get("object"))
    if carried is not None and same_host(uri, actor.actor_id):
        return carried
    return asker().document(uri)


def _update(actor: RemoteActor, activity: Document, now: datetime) -> None:
    if id_of(activity.get("object")) == actor.actor_id:
        fresh = remember(fetch_peer(actor.actor_id), now=now)
        if Identity.objects.filter(network=NETWORK, actor_id=actor.actor_id).exists():
            recognise(NETWORK, "", as_item(fresh))
        return
    _hear_post(actor, activity, "edit", now)


def _delete(actor: RemoteActor, activity: Document, now: datetime) -> None:
    uri = id_of(activity.get("object"))
    mine = Publication.objects.filter(identity__network=NETWORK, identity__actor_id=actor.actor_id)
    if uri == actor.actor_id:
        for publication in mine.select_related("appeal__collective"):
            _tell_gone(publication, now)
        actor.delete()
        return
    for publication in mine.filter(uri=uri).select_related("appeal__collective"):
        _tell_gone(publication, now)


def _tell_gone(publication: Publication, now: datetime) -> None:
    heard = Event("delete", publication.uri, "")
    hand_down(publication.appeal.collective, NETWORK, "", heard, now=now)


def _announce(actor: RemoteActor, activity: Document, now: datetime) -> None:
    """Somebody followed shows a post: read where it lives, and its author asked like any other."""
    post = asker().document(shown_by(activity))
    meant = collectives_meant(post) if is_public(post) else []
    if meant:
        author = meet(author_of(post), now=now)
        heard = Event("post", id_of(post), "", post_of(post, as_item(author)))
        for collective in meant:
            hand_down(collective, NETWORK, author.handle.partition("@")[2], heard, now=now)


def _follow(actor: RemoteActor, activity: Document, now: datetime) -> None:
    identity = own_actor(id_of(activity.get("object")))
    if identity is not None:
        accept_follow(identity, actor, activity, now=now)


def _undo(actor: RemoteActor, activity: Document, now: datetime) -> None:
    done = object_of(activity)
    if done is None:
        lose_follower(actor, follow_id=id_of(activity.get("object")))
        return
    if id_of(done.get("actor")) != actor.actor_id:
        raise Refused("what another did")
    identity = own_actor(id_of(done.get("object")))
    if identity is None:
        return
    if "Follow" in types_of(done):
        lose_follower(actor, collective=identity.collective)
    else:
        _blocks(actor, identity).delete()


def _accept(actor: RemoteActor, activity: Document, now: datetime) -> None:
    note_acceptance(actor, id_of(activity.get("object")), accepted=True)


def _reject(actor: RemoteActor, activity: Document, now: datetime) -> None:
    note_acceptance(actor, id_of(activity.get("object")), accepted=False)


def _move(actor: RemoteActor, activity: Document, now: datetime) -> None:
    if id_of(activity.get("object")) != actor.actor_id:
        raise Refused("somebody else's move")
    there = fetch_peer(id_of(activity.get("target")))
    if actor.actor_id not in there.aliases:
        raise Refused(f"{there.actor.id} does not say that it was {actor.actor_id}")
    move_follower(actor, remember(there, now=now), now=now)


@transaction.atomic
def _block(actor: RemoteActor, activity: Document, now: datetime) -> None:
    identity = own_actor(id_of(activity.get("object")))
    if identity is None or identity.collective is None:
        return
    if not _blocks(actor, identity).exists():
        theirs = recognise(NETWORK, actor.handle.partition("@")[2], as_item(actor))
        Block.objects.create(collective=identity.collective, identity=theirs, since=now)
    lose_follower(actor, collective=identity.collective)
    drop_waiting(Delivery.objects.filter(activity__identity=identity, activity__addressee=actor.actor_id))
    stop_everything(actor, identity, by=id_of(activity), now=now)


def _blocks(actor: RemoteActor, identity: Identity) -> QuerySet[Block]:
    return Block.objects.filter(
        account=None,
        collective=identity.collective,
        identity__network=NETWORK,
        identity__actor_id=actor.actor_id,
    )


@transaction.atomic
def stop_everything(actor: RemoteActor, identity: Identity, *, by: str, now: datetime) -> None:
    """Whatever this person allowed the collective ends: their appeals, their relaying."""
    collective = identity.collective
    theirs = Identity.objects.filter(network=NETWORK, actor_id=actor.actor_id).first()
    if collective is None or theirs is None:
        return
    for appeal in Appeal.objects.filter(collective=collective, identity=theirs).exclude(state="closed"):
        stop_author(appeal, by=by, now=now)
    for purpose, _label in Consent.PURPOSES:
        withdraw_consent(collective, purpose, identity=theirs, by=by, now=now)


def _flag(actor: RemoteActor, activity: Document, now: datetime) -> None:
    named = ids_of(activity.get("object"))[:100]
    words = plain_text(text_of(activity, "content"))
    keep_report(_collectives_named(named), actor.actor_id, named, words, now=now)


def _collectives_named(named: list[str]) -> list[Collective]:
    found = {
        actor.collective
        for actor in own_actors()
        if any(one == actor.actor_id or one.startswith(f"{actor.actor_id}/") for one in named)
    }
    found |= {post.appeal.collective for post in Publication.objects.filter(uri__in=named)}
    return [one for one in found if one is not None]


_ACTS: dict[str, Callable[[RemoteActor, Document, datetime], None]] = {
    "Create": _create,
    "Update": _update,
    "Delete": _delete,
    "Announce": _announce,
    "Follow": _follow,
    "Undo": _undo,
    "Accept": _accept,
    "Reject": _reject,
    "Move": _move,
    "Block": _block,
    "Flag": _flag,
}
