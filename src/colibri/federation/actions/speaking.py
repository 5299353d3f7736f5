"""An actor this very server is the home of, spoken for like any other account on a network."""

import json
import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from colibri.federation.actions.actors import as_item, asker, fetch_peer, meet
from colibri.federation.actions.sending import drop_waiting, record
from colibri.federation.addresses import activity_id, note_id
from colibri.federation.models import Activity, Delivery, Follower, RemoteActor
from colibri.federation.queries import NETWORK, blocks_us, face_of, follower_inboxes
from colibri.networks.activitypub import writing
from colibri.networks.activitypub.people import post_of
from colibri.networks.activitypub.reading import PUBLIC, Document, Unreadable, id_of, ids_of, same_host
from colibri.networks.base import Capabilities
from colibri.networks.errors import Refused
from colibri.networks.items import Actor, Draft, Event, Interactions, Page, Post, PostRef
from colibri.people.models import Collective, Identity

__all__ = ["OWN_CAPABILITIES", "OwnActor", "author_of"]

OWN_CAPABILITIES = Capabilities(
    label="Mastodon", character_limit=500, private_replies=True, keyed_writes=True, listens=False
)
_LISTENS_NOT = "what is for an actor of our own comes to its inbox"


@dataclass(slots=True)
class OwnActor:
    """A `Network` signed in as one of our own actors; what it writes is stored, and delivered afterwards."""

    identity: Identity
    name: str = NETWORK
    capabilities: Capabilities = OWN_CAPABILITIES

    @property
    def _collective(self) -> Collective:
        if self.identity.collective is None:
            raise Refused(f"{self.identity} is no collective's")
        return self.identity.collective

    def whoami(self) -> Actor:
        face = face_of(self.identity, now=timezone.now())
        followers = Follower.objects.filter(collective=self._collective).count()
        return Actor(face.id, self.identity.handle, face.name, face.summary, face.page, followers)

    def new_key(self) -> str:
        return secrets.token_hex(12)

    def listen(
        self, hashtags: Collection[str], *, reply_to_actor: str = "", cursor: str = ""
    ) -> Iterator[Event]:
        raise Refused(_LISTENS_NOT)

    def fetch_followers(self, actor_id: str, *, cursor: str = "") -> Page[Actor]:
        raise Refused("servers do not show who follows their people")

    def fetch_interactions(self, actor_id: str, *, limit: int = 50) -> tuple[Interactions, ...]:
        raise Refused("servers do not show how posts of others were received")

    def fetch_reactors(self, uri: str) -> tuple[str, ...]:
        raise Refused("servers do not show who reacted to posts of others")

    def fetch_actor(self, id_or_handle: str) -> Actor:
        actor_id = id_or_handle.removeprefix("@")
        if "://" not in actor_id:
            actor_id = asker(self.identity).look_up(actor_id)
        return fetch_peer(actor_id, self.identity).actor

    def fetch_post(self, uri: str) -> Post:
        document = self._fetch(uri)
        author = meet(author_of(document), by=self.identity, now=timezone.now())
        try:
            return post_of(document, as_item(author))
        except Unreadable as fault:
            raise Refused(f"{uri!r}: {fault}") from fault

    def publish(self, draft: Draft) -> PostRef:
        document = self._create(draft.text, draft.key, language=draft.language)
        self._tell_all(draft.key, document, object_uri=id_of(document["object"]))
        return PostRef(note_id(self.identity.actor_id, draft.key))

    def delete(self, uri: str, *, key: str = "") -> None:
        found = Activity.objects.filter(identity=self.identity, kind="Create")
        created = found.filter(object_uri=uri).first() if uri else found.filter(key=key).first()
        if created is not None:
            grave = writing.tombstone(json.loads(str(created.document)), timezone.now())
            self._take_back(created, grave)

    def boost(self, post: PostRef, *, key: str) -> str:
        author_id = author_of(self._fetch(post.uri))
        author = meet(author_id, by=self.identity, now=timezone.now())
        here = self.identity.actor_id
        document = writing.activity(
            "Announce",
            activity_id(here, key),
            here,
            post.uri,
            to=[PUBLIC],
            cc=[f"{here}/followers", author_id],
            at=timezone.now(),
        )
        return self._tell_all(key, document, object_uri=post.uri, more=author).uri

    def undo_boost(self, post: PostRef, *, key: str) -> None:
        given = Activity.objects.filter(identity=self.identity, key=key, kind="Announce").first()
        if given is not None:
            self._take_back(given, writing.undo(json.loads(str(given.document))))

    def reply(self, post: PostRef, text: str, *, key: str) -> PostRef:
        if Activity.objects.filter(identity=self.identity, key=key).exists():
            return PostRef(note_id(self.identity.actor_id, key))
        author = meet(author_of(self._fetch(post.uri)), by=self.identity, now=timezone.now())
        return self._write_to(author, text, key, in_reply_to=post.uri)

    def tell(self, actor: Actor, text: str, *, key: str) -> PostRef:
        return self._write_to(meet(actor.id, by=self.identity, now=timezone.now()), text, key)

    def share_link(self, text: str, url: str) -> str:
        return ""

    def close(self) -> None:
        """Nothing is kept open."""

    def _fetch(self, uri: str) -> Document:
        return asker(self.identity).document(uri)

    def _create(self, text: str, key: str, *, language: str, to: tuple[tuple[str, str], ...] = (),
                in_reply_to: str = "") -> Document:  # fmt: skip
        here, now = self.identity.actor_id, timezone.now()
        face = face_of(self.identity, now=now)
        written = writing.note(
            face,
            note_id(here, key),
            text,
            at=now,
            language=language,
            to=to,
            in_reply_to=in_reply_to,
            hashtag_page=face.page,
        )
        return writing.activity(
            "Create", activity_id(here, key), here, written, to=written["to"], cc=written["cc"], at=now
        )

    def _write_to(self, actor: RemoteActor, text: str, key: str, *, in_reply_to: str = "") -> PostRef:
        if blocks_us(self._collective, actor.actor_id):
            raise Refused(f"{actor} wants nothing from us")
        language = self._collective.languages[0] if self._collective.languages else "fr"
        to = ((actor.actor_id, actor.handle),)
        document = self._create(text, key, language=language, to=to, in_reply_to=in_reply_to)
        made = record(
            self.identity,
            key,
            document,
            inboxes=[actor.inbox],
            addressee=actor.actor_id,
            object_uri=id_of(document["object"]),
            now=timezone.now(),
        )
        return PostRef(made.object_uri)

    def _tell_all(
        self, key: str, document: Document, *, object_uri: str, more: RemoteActor | None = None
    ) -> Activity:
        inboxes = follower_inboxes(self._collective)
        if more is not None and not blocks_us(self._collective, more.actor_id):
            inboxes = {*inboxes, more.delivery_inbox}
        return record(
            self.identity,
            key,
            document,
            inboxes=inboxes,
            public=True,
            object_uri=object_uri,
            now=timezone.now(),
        )

    @transaction.atomic
    def _take_back(self, done: Activity, document: Document) -> None:
        """Told to whoever may have been told of it, once."""
        now = timezone.now()
        # What was never tried goes out before this, in order; what is tried again might come after it.
        drop_waiting(Delivery.objects.filter(activity=done, tries__gt=0, state="planned"))
        inboxes = set(done.deliveries.values_list("inbox", flat=True))
        Activity.objects.filter(pk=done.pk, ended_at=None).update(ended_at=now)
        record(self.identity, f"{done.key}-end", document, inboxes=inboxes, now=now)


def author_of(document: Document) -> str:
    """The one author of a post. Raises `Refused` where it has none, or several."""
    authors = ids_of(document.get("attributedTo"))
    if len(authors) != 1 or not same_host(id_of(document), authors[0]):
        raise Refused("a post without one author of its server")
    return authors[0]
