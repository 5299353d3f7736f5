"""Whether an activity from elsewhere may concern us: what does not is answered politely and never stored."""

from django.conf import settings

from colibri.appeals.actions.intake import reply_meaning
from colibri.appeals.models import Note, Publication
from colibri.federation.addresses import is_ours
from colibri.federation.models import Follower, Following, RemoteActor
from colibri.federation.queries import NETWORK, is_known_here, own_actor, own_actors
from colibri.networks.activitypub.people import POST_TYPES, hashtags_of, mentions_of
from colibri.networks.activitypub.reading import (
    Document,
    addressees,
    id_of,
    ids_of,
    is_public,
    object_of,
    text_of,
    types_of,
)
from colibri.networks.activitypub.text import plain_text
from colibri.networks.hashtags import carries, fold, hashtags_in
from colibri.people.models import Collective, Identity

__all__ = ["collectives_meant", "kind_of", "says_stop", "shown_by", "verb_of"]

VERBS = {
    "Create", "Update", "Delete", "Announce", "Undo", "Follow", "Accept", "Reject", "Move", "Block", "Flag",
}  # fmt: skip
"""What is acted upon. Like and all others are heard politely."""


def verb_of(activity: Document) -> str:
    """What an activity does, of `VERBS`, empty where it does nothing that is acted upon here."""
    types = types_of(activity)
    return next(iter(types)) if len(types) == 1 and types <= VERBS else ""


def kind_of(activity: Document) -> str:
    """The verb of an activity that may concern us; empty where it does not."""
    verb = verb_of(activity)
    return verb if verb and _CONCERNS[verb](activity) else ""


def collectives_meant(post: Document) -> list[Collective]:
    """The collectives whose seekers' hashtag a post carries."""
    tags = [*hashtags_of(post), *hashtags_in(plain_text(text_of(post, "content")))]
    if not tags or not settings.FEDERATION:
        return []
    ours = [actor.collective for actor in own_actors()]
    return [one for one in ours if one is not None and carries(tags, {fold(one.seekers_hashtag)})]


def says_stop(post: Document) -> bool:
    """Whether a post's few words ask that everything end."""
    return reply_meaning(plain_text(text_of(post, "content"))) == "stop"


def ours_among(*documents: Document) -> list[Identity]:
    """Our actors these are addressed to or mention."""
    named = addressees(*documents).union(*(mentions_of(one) for one in documents))
    mine = [one for one in named if is_ours(one)]
    return list(own_actors().filter(actor_id__in=mine)) if mine else []


def _create(activity: Document) -> bool:
    post = object_of(activity)
    if post is None:
        return bool(ours_among(activity))  # only named: what it is, its own server says
    if not types_of(post) & POST_TYPES:
        return False
    if Note.objects.filter(uri=id_of(post.get("inReplyTo")) or "-").exists():
        return True
    if is_public(post):
        return bool(collectives_meant(post))
    if says_stop(post):
        return bool(ours_among(activity, post)) and is_known_here(id_of(activity["actor"]))
    meant = collectives_meant(post)
    return any(identity.collective in meant for identity in ours_among(activity, post))


def _update(activity: Document) -> bool:
    thing, actor_id = id_of(activity.get("object")), id_of(activity["actor"])
    if thing == actor_id:
        return RemoteActor.objects.filter(actor_id=actor_id).exists()
    return _is_authors(thing, actor_id) or _create(activity)


def _delete(activity: Document) -> bool:
    thing, actor_id = id_of(activity.get("object")), id_of(activity["actor"])
    if thing == actor_id:
        known = RemoteActor.objects.filter(actor_id=actor_id).exists()
        return known or Identity.objects.filter(network=NETWORK, actor_id=actor_id).exists()
    return _is_authors(thing, actor_id)


def _is_authors(uri: str, actor_id: str) -> bool:
    """Whether this is a post we know, and this actor's own: another of the same server is not enough."""
    return (
        bool(uri)
        and Publication.objects.filter(
            uri=uri, identity__network=NETWORK, identity__actor_id=actor_id
        ).exists()
    )


def shown_by(activity: Document) -> str:
    """The id of the post somebody shows to their followers; groups show the activity that made it."""
    shown = object_of(activity)
    made = shown is not None and "Create" in types_of(shown)
    return id_of(shown.get("object") if shown and made else activity.get("object"))


def _announce(activity: Document) -> bool:
    uri, by = shown_by(activity), id_of(activity["actor"])
    followed = Following.objects.filter(actor__actor_id=by, state="accepted")
    return (
        bool(uri)
        and followed.exists()
        and not is_ours(uri)
        and not Publication.objects.filter(uri=uri).exists()
    )


def _undo(activity: Document) -> bool:
    done = object_of(activity)
    if done is None:
        follow_id = id_of(activity.get("object"))
        return bool(follow_id) and Follower.objects.filter(follow_id=follow_id).exists()
    return bool(types_of(done) & {"Follow", "Block"}) and _object_is_ours(done)


def _object_is_ours(activity: Document) -> bool:
    thing = id_of(activity.get("object"))
    return is_ours(thing) and own_actor(thing) is not None


def _answer(activity: Document) -> bool:
    actor_id = id_of(activity["actor"])
    return Following.objects.filter(actor__actor_id=actor_id).exists()


def _move(activity: Document) -> bool:
    return RemoteActor.objects.filter(actor_id=id_of(activity["actor"])).exists()


def _flag(activity: Document) -> bool:
    named = ids_of(activity.get("object"))
    return any(map(is_ours, named)) or Publication.objects.filter(uri__in=named[:100]).exists()


_CONCERNS = {
    "Create": _create,
    "Update": _update,
    "Delete": _delete,
    "Announce": _announce,
    "Undo": _undo,
    "Follow": _object_is_ours,
    "Accept": _answer,
    "Reject": _answer,
    "Move": _move,
    "Block": _object_is_ours,
    "Flag": _flag,
}
