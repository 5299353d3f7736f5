"""The network in memory as JSON: how each verb's answer travels, and how errors do."""

from collections.abc import Callable
from dataclasses import astuple
from datetime import datetime
from itertools import starmap
from typing import Any, NamedTuple

from colibri.networks.errors import Gone, NetworkError, Refused, Retryable, Unauthorised
from colibri.networks.items import Actor, Event, Interactions, Page, Post, PostRef
from colibri.networks.memory.door import Heard
from colibri.networks.memory.state import Change

__all__ = ["CONTROLS", "SPOKEN", "error_from_row", "error_to_row", "status_of"]


class Codec(NamedTuple):
    """How an answer becomes JSON values and comes back."""

    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]


def _post_row(post: Post) -> list[Any]:
    return [
        astuple(post.ref), astuple(post.author), post.text, post.created_at.isoformat(),
        post.hashtags, post.language, post.url, post.reply_to, post.undescribed,
    ]  # fmt: skip


def _post(row: list[Any]) -> Post:
    ref, author, text, created_at, hashtags, *rest = row
    created = datetime.fromisoformat(created_at)
    return Post(PostRef(*ref), Actor(*author), text, created, tuple(hashtags), *rest)


def _actor_row(actor: Actor) -> list[Any]:
    return [actor.id, actor.handle, actor.name, actor.biography, actor.url, actor.followers]


def _event_row(event: Event) -> list[Any]:
    return [event.kind, event.uri, event.cursor, event.post and _post_row(event.post)]


def _event(row: list[Any]) -> Event:
    kind, uri, cursor, post = row
    return Event(kind, uri, cursor, _post(post) if post else None)


def _change_row(change: Change) -> list[Any]:
    return [change.index, change.at.isoformat(), *astuple(change)[2:]]


def _change(row: list[Any]) -> Change:
    index, at, *rest = row
    return Change(index, datetime.fromisoformat(at), *rest)


def _interaction_rows(found: tuple[Interactions, ...]) -> list[Any]:
    return [[one.uri, one.created_at.isoformat(), one.total] for one in found]


def _interactions(rows: list[Any]) -> tuple[Interactions, ...]:
    return tuple(Interactions(uri, datetime.fromisoformat(at), total) for uri, at, total in rows)


_PLAIN = Codec(lambda value: value, lambda value: value)
_ACTOR = Codec(_actor_row, lambda row: Actor(*row))
_REF = Codec(astuple, lambda row: PostRef(*row))
_POST = Codec(_post_row, _post)
_ACTORS = Codec(
    lambda page: [[*map(_actor_row, page.items)], page.next],
    lambda row: Page(tuple(starmap(Actor, row[0])), row[1]),
)
_INTERACTIONS = Codec(_interaction_rows, _interactions)
_HEARD = Codec(
    lambda heard: [[_event_row(event) for event in heard.events], heard.next],
    lambda row: Heard(tuple(_event(event) for event in row[0]), row[1]),
)
_CHANGES = Codec(
    lambda changes: [_change_row(change) for change in changes],
    lambda rows: tuple(_change(row) for row in rows),
)
_PAIRS = Codec(list, lambda rows: tuple((one, other) for one, other in rows))

SPOKEN: dict[str, Codec] = {
    "whoami": _ACTOR,
    "fetch_actor": _ACTOR,
    "fetch_post": _POST,
    "fetch_followers": _ACTORS,
    "fetch_interactions": _INTERACTIONS,
    "fetch_reactors": Codec(list, tuple),
    "publish": _REF,
    "edit": _REF,
    "delete": _PLAIN,
    "boost": _PLAIN,
    "undo_boost": _PLAIN,
    "reply": _REF,
    "stream": _HEARD,
}
CONTROLS: dict[str, Codec] = {
    "load": _PLAIN,
    "open_account": _PLAIN,
    "describe": _PLAIN,
    "follow": _PLAIN,
    "interact": _PLAIN,
    "token_of": _PLAIN,
    "revoke": _PLAIN,
    "fail": _PLAIN,
    "heal": _PLAIN,
    "log": _CHANGES,
    "standing_boosts": _PAIRS,
}

_STATUS: dict[str, tuple[type[NetworkError], int]] = {
    "retryable": (Retryable, 503),
    "refused": (Refused, 400),
    "gone": (Gone, 410),
    "unauthorised": (Unauthorised, 401),
}


def error_to_row(error: NetworkError) -> dict[str, Any]:
    """An error as JSON values."""
    name = next(name for name, (kind, _) in _STATUS.items() if isinstance(error, kind))
    return {"error": name, "message": str(error), "after": getattr(error, "after", None)}


def status_of(row: dict[str, Any]) -> int:
    """The HTTP status an answer travels under."""
    return _STATUS[row["error"]][1] if "error" in row else 200


def error_from_row(row: dict[str, Any]) -> NetworkError:
    """The error that JSON values tell of."""
    kind, _ = _STATUS[row["error"]]
    if kind is Retryable:
        return Retryable(row["message"], after=row["after"])
    return kind(row["message"])
