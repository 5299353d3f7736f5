"""Actors and posts of others, from their documents to what Colibri knows."""

from dataclasses import dataclass
from datetime import UTC, datetime

from colibri.networks.activitypub.reading import (
    Document,
    Unreadable,
    host_of,
    id_of,
    ids_of,
    many,
    same_host,
    text_of,
    types_of,
)
from colibri.networks.activitypub.text import plain_text
from colibri.networks.addresses import read_url
from colibri.networks.hashtags import fold, hashtags_in
from colibri.networks.items import Actor, Post, PostRef

__all__ = ["ACTOR_TYPES", "POST_TYPES", "Peer", "hashtags_of", "mentions_of", "peer_of", "post_of"]

ACTOR_TYPES = {"Person", "Service", "Group", "Organization", "Application"}
POST_TYPES = {"Note", "Article", "Question", "Page"}
LONGEST_KEY = 10_000
LONGEST_ACTOR_ID, LONGEST_HANDLE = 300, 200


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody elsewhere: who they are, where they are written to, and their keys by id."""

    actor: Actor
    inbox: str
    shared_inbox: str
    keys: tuple[tuple[str, str], ...]
    aliases: tuple[str, ...] = ()
    moved_to: str = ""


def peer_of(document: Document) -> Peer:
    """An actor from its document, all parts on its own server. Raises `Unreadable`."""
    actor_id = id_of(document)
    if not types_of(document) & ACTOR_TYPES or not host_of(actor_id) or len(actor_id) > LONGEST_ACTOR_ID:
        raise Unreadable("not an actor")
    inbox = id_of(document.get("inbox"))
    if not same_host(actor_id, inbox):
        raise Unreadable("an inbox on another server")
    endpoints = document.get("endpoints")
    shared = id_of(endpoints.get("sharedInbox")) if isinstance(endpoints, dict) else ""
    actor = Actor(
        id=actor_id,
        handle=_handle(document, actor_id),
        name=text_of(document, "name")[:200],
        biography=plain_text(text_of(document, "summary")),
        url=_page(document, actor_id),
    )
    return Peer(
        actor=actor,
        inbox=inbox,
        shared_inbox=shared if same_host(actor_id, shared) else "",
        keys=tuple(_keys(document, actor_id)),
        aliases=tuple(ids_of(document.get("alsoKnownAs"))),
        moved_to=id_of(document.get("movedTo")),
    )


def _keys(document: Document, actor_id: str) -> list[tuple[str, str]]:
    """Only keys that say they are this actor's and live on their server."""
    found = []
    for key in many(document.get("publicKey")):
        if not isinstance(key, dict) or id_of(key.get("owner")) != actor_id:
            continue
        key_id, pem = id_of(key), key.get("publicKeyPem")
        if same_host(actor_id, key_id) and isinstance(pem, str) and len(pem) <= LONGEST_KEY:
            found.append((key_id, pem))
    return found


def _handle(document: Document, actor_id: str) -> str:
    name = document.get("preferredUsername")
    target = read_url(actor_id)
    default = {"https": 443, "http": 80}[target.scheme] if target.scheme in ("https", "http") else 0
    host = target.host if target.port == default else target.authority
    user = (
        name
        if isinstance(name, str) and name and "@" not in name
        else actor_id.rstrip("/").rpartition("/")[2]
    )
    return f"{user[:100]}@{host}"[:LONGEST_HANDLE]


def _page(document: Document, own: str) -> str:
    """The page people read, where it is one of the same server."""
    for one in many(document.get("url")):
        href = one.get("href") if isinstance(one, dict) else one
        if isinstance(href, str) and len(href) <= 500 and same_host(own, href):
            return href
    return own


def post_of(document: Document, author: Actor) -> Post:
    """A post of this author's. Raises `Unreadable` where it is none, or not theirs."""
    uri = id_of(document)
    if not types_of(document) & POST_TYPES:
        raise Unreadable("not a post")
    if ids_of(document.get("attributedTo")) != [author.id] or not same_host(uri, author.id):
        raise Unreadable("somebody else's post")
    text = plain_text(text_of(document, "content"))
    title = plain_text(text_of(document, "name"))
    warning = plain_text(text_of(document, "summary"))
    text = "\n\n".join(part for part in (title, warning, text) if part)
    named = [
        tag for tag in hashtags_of(document) if fold(tag) not in {fold(one) for one in hashtags_in(text)}
    ]
    return Post(
        ref=PostRef(uri),
        author=author,
        text=text,
        created_at=_moment(document.get("published")),
        hashtags=tuple(dict.fromkeys([*hashtags_in(text), *named])),
        language=_language(document),
        url=_page(document, uri),
        reply_to=id_of(document.get("inReplyTo")),
        undescribed=sum(
            not text_of(one, "name").strip() for one in many(document.get("attachment")) if _is_image(one)
        ),
    )


def _is_image(attachment: object) -> bool:
    if not isinstance(attachment, dict):
        return False
    kind = attachment.get("mediaType")
    return "Image" in types_of(attachment) or (isinstance(kind, str) and kind.startswith("image/"))


def hashtags_of(document: Document) -> list[str]:
    """The hashtags its tags name, without the #."""
    names = [
        tag.get("name")
        for tag in many(document.get("tag"))
        if isinstance(tag, dict) and "Hashtag" in types_of(tag)
    ]
    bare = [name.lstrip("#＃") for name in names if isinstance(name, str)]
    return [name for name in bare if hashtags_in(f"#{name}") == (name,)]


def mentions_of(document: Document) -> set[str]:
    """The actors its tags mention."""
    tags = [tag for tag in many(document.get("tag")) if isinstance(tag, dict) and "Mention" in types_of(tag)]
    return {href for tag in tags if isinstance(href := tag.get("href"), str)}


def _moment(value: object) -> datetime:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None:
        return datetime.now(UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _language(document: Document) -> str:
    languages = document.get("contentMap")
    codes = list(languages) if isinstance(languages, dict) else []
    return codes[0][:2].lower() if len(codes) == 1 else ""
