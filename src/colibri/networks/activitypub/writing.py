"""The documents of our own actors, as other servers read them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from colibri.networks.activitypub.reading import PUBLIC, Document
from colibri.networks.activitypub.text import escape, html_of
from colibri.networks.hashtags import hashtags_in

__all__ = ["CONTEXT", "Face", "activity", "actor", "note", "outbox_page", "stamp", "tombstone", "undo"]

CONTEXT = [
    "https://www.w3.org/ns/activitystreams",
    "https://w3id.org/security/v1",
    {
        "Hashtag": "as:Hashtag",
        "toot": "http://joinmastodon.org/ns#",
        "discoverable": "toot:discoverable",
        "indexable": "toot:indexable",
        "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
    },
]


@dataclass(frozen=True, slots=True)
class Face:
    """How one of our actors shows itself; all URLs whole."""

    id: str
    user: str
    name: str
    summary: str
    page: str
    shared_inbox: str
    icon: str
    hashtags: tuple[tuple[str, str], ...]  # without #, and where one sees more of it
    published: datetime
    keys: tuple[tuple[str, str], ...]  # id and public PEM, the current one first

    @property
    def followers(self) -> str:
        return f"{self.id}/followers"


def stamp(moment: datetime) -> str:
    """A moment as documents write it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def actor(face: Face) -> Document:
    """An actor document. A Service: an account that acts by itself and says so."""
    keys = [{"id": key_id, "owner": face.id, "publicKeyPem": pem} for key_id, pem in face.keys]
    links = {f"#{tag}": _hashtag_link(tag, href) for tag, href in face.hashtags}
    return {
        "@context": CONTEXT,
        "id": face.id,
        "type": "Service",
        "preferredUsername": face.user,
        "name": face.name,
        "summary": html_of(face.summary, links=links),
        "url": face.page,
        "inbox": f"{face.id}/inbox",
        "outbox": f"{face.id}/outbox",
        "followers": face.followers,
        "endpoints": {"sharedInbox": face.shared_inbox},
        "manuallyApprovesFollowers": False,
        "discoverable": True,
        "indexable": False,
        "published": stamp(face.published),
        "icon": {"type": "Image", "mediaType": "image/png", "url": face.icon},
        "tag": [{"type": "Hashtag", "name": f"#{tag}", "href": href} for tag, href in face.hashtags],
        "publicKey": keys[0] if len(keys) == 1 else keys,
    }


def note(
    face: Face,
    note_id: str,
    text: str,
    *,
    at: datetime,
    language: str,
    to: Sequence[tuple[str, str]] = (),
    in_reply_to: str = "",
    hashtag_page: str = "",
) -> Document:
    """A note: to these actors (id and handle) alone, or, without any, to everybody."""
    private = bool(to)
    mentions = [{"type": "Mention", "href": one, "name": f"@{handle}"} for one, handle in to]
    tags = list(dict.fromkeys(hashtags_in(text)))
    links = {f"#{tag}": _hashtag_link(tag, hashtag_page) for tag in tags}
    greeting = "".join(
        f'<span class="h-card"><a href="{escape(one)}" class="u-url mention">@{escape(handle)}</a></span> '
        for one, handle in to
    )
    html = html_of(text, links=links)
    html = html.replace("<p>", f"<p>{greeting}", 1)
    made: Document = {
        "id": note_id,
        "type": "Note",
        "attributedTo": face.id,
        "content": html,
        "contentMap": {language: html},
        "published": stamp(at),
        "url": note_id,
        "to": [one for one, _handle in to] if private else [PUBLIC],
        "cc": [] if private else [face.followers],
        "tag": mentions + [{"type": "Hashtag", "name": f"#{tag}", "href": hashtag_page} for tag in tags],
    }
    if in_reply_to:
        made["inReplyTo"] = in_reply_to
    return made


def activity(
    kind: str,
    activity_id: str,
    actor_id: str,
    what: Document | str,
    *,
    to: Collection[str],
    cc: Collection[str] = (),
    at: datetime | None = None,
) -> Document:
    """An activity of ours."""
    made: Document = {
        "@context": CONTEXT,
        "id": activity_id,
        "type": kind,
        "actor": actor_id,
        "object": what,
        "to": list(to),
        "cc": list(cc),
    }
    if at is not None:
        made["published"] = stamp(at)
    return made


def undo(done: Document) -> Document:
    """What takes an activity back."""
    inner = {name: value for name, value in done.items() if name != "@context"}
    return activity("Undo", f"{done['id']}#undo", done["actor"], inner, to=done["to"], cc=done["cc"])


def tombstone(created: Document, at: datetime) -> Document:
    """What deletes the object an activity created."""
    grave = {"id": created["object"]["id"], "type": "Tombstone", "deleted": stamp(at)}
    return activity(
        "Delete", f"{created['id']}#delete", created["actor"], grave, to=created["to"], cc=created["cc"]
    )


def outbox_page(outbox: str, total: int, page: int, items: list[Document], *, more: bool) -> Document:
    """One page of an outbox, newest first; page 0 is the collection itself."""
    if not page:
        first = {"first": f"{outbox}?page=1"} if total else {}
        return {
            "@context": CONTEXT[0],
            "id": outbox,
            "type": "OrderedCollection",
            "totalItems": total,
            **first,
        }
    found: Document = {
        "@context": CONTEXT,
        "id": f"{outbox}?page={page}",
        "type": "OrderedCollectionPage",
        "partOf": outbox,
        "orderedItems": items,
    }
    if more:
        found["next"] = f"{outbox}?page={page + 1}"
    return found


def _hashtag_link(tag: str, href: str) -> str:
    return f'<a href="{escape(href)}" class="mention hashtag" rel="tag">#{escape(tag)}</a>'
