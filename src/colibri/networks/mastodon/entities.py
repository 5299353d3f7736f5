"""Accounts and statuses of the Mastodon API to neutral items."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from colibri.networks.errors import Refused
from colibri.networks.hashtags import fold, hashtags_in
from colibri.networks.items import Actor, Interactions, Post, PostRef
from colibri.networks.mastodon.plain_text import plain_text
from colibri.networks.plain import address_parts

__all__ = [
    "OPEN",
    "Entity",
    "account_name",
    "account_uri",
    "actor_from_account",
    "entities",
    "entity",
    "handle_of",
    "interactions_from_status",
    "local_id",
    "moment_of",
    "order",
    "post_from_status",
    "text_of",
    "uri_of",
]

Entity = Mapping[str, Any]
OPEN = frozenset({"public", "unlisted"})
"""The visibilities of what is public: all else is between people."""
_LONGEST_URI = 2000


def entity(value: Any, what: str) -> Entity:
    """A JSON object. Raises `Refused` where it is none."""
    if not isinstance(value, Mapping):
        raise Refused(f"{what}: an answer that is no object")
    return value


def entities(value: Any, what: str) -> Sequence[Entity]:
    """The JSON objects of a list. Raises `Refused` where it is none."""
    if not isinstance(value, list | tuple):
        raise Refused(f"{what}: an answer that is no list")
    return [one for one in value if isinstance(one, Mapping)]


def text_of(value: Any) -> str:
    """A string fit for any database, empty where it is none."""
    # Half characters and NUL are valid JSON, and no database's text.
    return str(value).encode("utf-8", "replace").decode().replace("\0", "") if isinstance(value, str) else ""


def local_id(item: Entity) -> str:
    """What the server itself calls it. Raises `Refused` where it is nothing a path can hold."""
    value = item.get("id")
    name = str(value) if isinstance(value, str | int) else ""
    if not name.isascii() or not name.replace("-", "").replace("_", "").isalnum() or len(name) > 64:
        raise Refused(f"not an identifier: {value!r}")
    return name


def order(name: str) -> tuple[int, str]:
    """What puts a server's identifiers in the order of their time, numbers and ULIDs alike."""
    return len(name), name


def uri_of(status: Entity) -> str:
    """What the whole network calls a status."""
    uri = text_of(status.get("uri"))
    if not uri.startswith(("https://", "http://")) or len(uri) > _LONGEST_URI:
        raise Refused(f"not the URI of a status: {uri!r}")
    return uri


def account_name(account: Entity) -> str:
    """user, or user@host where it lives elsewhere, as its server says it."""
    return text_of(account.get("acct")) or text_of(account.get("username"))


def handle_of(account: Entity, domain: str) -> str:
    """user@host in full, seen from a server that answers for `domain`."""
    name = account_name(account).removeprefix("@")
    if not name:
        raise Refused("an account without a name")
    return name if "@" in name else f"{name}@{domain}"


def account_uri(account: Entity) -> str:
    """The actor URI where the server tells it (Mastodon since 4.2; Pleroma in its own words), else empty."""
    pleroma = account.get("pleroma")
    said = account.get("uri") or (pleroma.get("ap_id") if isinstance(pleroma, Mapping) else "")
    uri = text_of(said)
    return uri if uri.startswith(("https://", "http://")) and address_parts(uri).netloc else ""


def actor_from_account(account: Entity, *, actor_id: str, domain: str) -> Actor:
    """An actor; its biography ends with the table of its profile, where it has one."""
    followers = account.get("followers_count")
    fields = _rows(account.get("fields"))
    cells = [[plain_text(text_of(row.get(cell))) for cell in ("name", "value")] for row in fields]
    rows = [f"{name} : {value}" for name, value in cells]
    note = plain_text(text_of(account.get("note")))
    return Actor(
        id=actor_id,
        handle=handle_of(account, domain),
        name=text_of(account.get("display_name")),
        biography="\n".join([note, *rows]).strip(),
        url=text_of(account.get("url")),
        followers=followers if isinstance(followers, int) and followers >= 0 else None,
    )


def post_from_status(status: Entity, author: Actor, *, reply_to: str = "", private: bool = False) -> Post:
    """A post from its status. A private one carries no hashtags, so that nobody takes it for an appeal."""
    warning = text_of(status.get("spoiler_text")).strip()
    text = plain_text(text_of(status.get("content")))
    text = f"{warning}\n\n{text}".strip() if warning else text
    return Post(
        ref=PostRef(uri_of(status)),
        author=author,
        text=text,
        created_at=moment_of(status.get("created_at")),
        hashtags=() if private else _hashtags(text, status),
        language=text_of(status.get("language")).partition("-")[0].lower(),
        url=text_of(status.get("url")),
        reply_to=reply_to,
        undescribed=sum(
            file.get("type") in ("image", "gifv") and not text_of(file.get("description")).strip()
            for file in _rows(status.get("media_attachments"))
        ),
    )


def interactions_from_status(status: Entity) -> Interactions:
    """How a status was received."""
    counts = (status.get(f"{kind}_count") for kind in ("reblogs", "favourites", "replies", "quotes"))
    total = sum(count for count in counts if isinstance(count, int) and count > 0)
    return Interactions(uri_of(status), moment_of(status.get("created_at")), total)


def moment_of(value: Any) -> datetime:
    """A moment as servers spell it; 1970 where it is none."""
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(text_of(value))
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return datetime(1970, 1, 1, tzinfo=UTC)


def _hashtags(text: str, status: Entity) -> tuple[str, ...]:
    written = hashtags_in(text)
    known = {fold(tag) for tag in written}
    tags = [text_of(tag.get("name")) for tag in _rows(status.get("tags"))]
    return (*written, *(tag for tag in dict.fromkeys(tags) if tag and fold(tag) not in known))


def _rows(value: Any) -> list[Entity]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []
