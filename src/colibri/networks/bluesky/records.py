"""Bluesky's records and views to neutral items, and back."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from atproto_client.utils.facet_detection import detect_facets

from colibri.networks.errors import Refused
from colibri.networks.graphemes import graphemes
from colibri.networks.hashtags import hashtags_in
from colibri.networks.items import Actor, Interactions, Post, PostRef

__all__ = [
    "GRAPHEME_LIMIT",
    "POST",
    "PROFILE",
    "REPOST",
    "actor_from_view",
    "interactions_from_feed",
    "post_from_record",
    "post_record",
    "split_uri",
    "timestamp",
]

POST = "app.bsky.feed.post"
REPOST = "app.bsky.feed.repost"
PROFILE = "app.bsky.actor.profile"
GRAPHEME_LIMIT = 300
_BYTE_LIMIT = 3000


def split_uri(uri: str) -> tuple[str, str, str]:
    """(DID, collection, record key) of an AT URI. Raises `Refused` where it is none."""
    parts = uri.removeprefix("at://").split("/")
    if not uri.startswith("at://did:") or len(parts) != 3 or not all(parts):
        raise Refused(f"not the URI of a record: {uri!r}")
    return parts[0], parts[1], parts[2]


def actor_from_view(view: Mapping[str, Any]) -> Actor:
    """An actor from any of the AppView's profile views."""
    did = str(view["did"])
    followers = view.get("followersCount")
    return Actor(
        id=did,
        handle=_text(view.get("handle")) or did,
        name=_text(view.get("displayName")),
        biography=_text(view.get("description")),
        url=f"https://bsky.app/profile/{did}",
        followers=followers if isinstance(followers, int) else None,
    )


def post_from_record(uri: str, cid: str, record: Mapping[str, Any], author: Actor) -> Post:
    """A post from its record. What is malformed in it is left out, for anybody may write anything."""
    _, _, key = split_uri(uri)
    text = _text(record.get("text"))
    first = next(iter(_list(record, "langs")), "")
    return Post(
        ref=PostRef(uri, cid),
        author=author,
        text=text,
        created_at=_moment(record.get("createdAt")),
        hashtags=_hashtags(text, record),
        language=first.split("-")[0].lower() if isinstance(first, str) else "",
        url=f"https://bsky.app/profile/{author.id}/post/{key}",
        reply_to=_text(_at(record, "reply", "parent", "uri")),
        undescribed=_undescribed(record),
    )


def post_record(
    text: str, language: str, created_at: datetime, reply: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The record of a post, its hashtags and links made touchable.

    Raises `Refused` where the text is empty or longer than Bluesky takes.
    """
    if not text.strip():
        raise Refused("an empty post")
    length = graphemes(text)
    if length > GRAPHEME_LIMIT or len(text.encode()) > _BYTE_LIMIT:
        raise Refused(f"{length} characters where {GRAPHEME_LIMIT} fit")
    record: dict[str, Any] = {"$type": POST, "text": text, "createdAt": timestamp(created_at)}
    if language:
        record["langs"] = [language]
    if facets := detect_facets(text):
        record["facets"] = [facet.model_dump(by_alias=True, exclude_none=True) for facet in facets]
    if reply:
        record["reply"] = dict(reply)
    return record


def timestamp(moment: datetime) -> str:
    """A moment as records spell it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def interactions_from_feed(feed: Sequence[Mapping[str, Any]], did: str) -> tuple[Interactions, ...]:
    """How somebody's own posts in a feed were received; what they reposted is left out."""
    found = []
    for row in feed:
        view = row["post"]
        if view["author"]["did"] != did or row.get("reason"):
            continue
        counts = (view.get(f"{kind}Count") or 0 for kind in ("repost", "quote", "like", "reply"))
        found.append(Interactions(view["uri"], _moment(_at(view, "record", "createdAt")), sum(counts)))
    return tuple(found)


def _hashtags(text: str, record: Mapping[str, Any]) -> tuple[str, ...]:
    tags = [*hashtags_in(text), *(_text(tag) for tag in _list(record, "tags"))]
    for facet in _list(record, "facets"):
        tags += [_text(_at(feature, "tag")) for feature in _list(facet, "features")]
    bare = (tag.lstrip("#＃") for tag in tags)
    return tuple(dict.fromkeys(tag for tag in bare if tag))


def _undescribed(record: Mapping[str, Any]) -> int:
    """Images without alt text, alone or beside a quoted post."""
    embed = _at(record, "embed")
    images = [*_list(embed, "images"), *_list(_at(embed, "media"), "images")]
    return sum(not _text(_at(image, "alt")).strip() for image in images)


def _at(value: Any, *path: str) -> Any:
    for name in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value


def _list(value: Any, name: str) -> Sequence[Any]:
    found = _at(value, name)
    return found if isinstance(found, list | tuple) else ()


def _text(value: Any) -> str:
    # Half characters and NUL are valid JSON, and no database's text.
    return value.encode("utf-8", "replace").decode().replace("\0", "") if isinstance(value, str) else ""


def _moment(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(value))
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return datetime(1970, 1, 1, tzinfo=UTC)
