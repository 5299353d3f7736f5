"""Reading JSON that strangers sent, and the few shapes in which ActivityStreams writes one thing.

JSON-LD is read as plain JSON: contexts are never fetched and signatures inside a document never trusted.
What is not understood as written is fetched anew from where it lives.
"""

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from colibri.networks.addresses import Forbidden, read_url

__all__ = [
    "MOST_BYTES",
    "PUBLIC",
    "Document",
    "Unreadable",
    "addressees",
    "host_of",
    "id_of",
    "ids_of",
    "is_public",
    "many",
    "object_of",
    "read_document",
    "same_host",
    "text_of",
    "types_of",
]

Document = dict[str, Any]

MOST_BYTES = 1024 * 1024
"""Of one document; the largest of Mastodon's posts have a twentieth."""
MOST_DEPTH = 50
LONGEST_ID = 500
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
_PUBLIC_SPELLINGS = {PUBLIC, "as:Public", "Public"}


class Unreadable(ValueError):
    """Not a document anybody should act upon."""


def read_document(body: bytes) -> Document:
    """A JSON object from bytes.

    Raises `Unreadable` for what is too large, too deep, no UTF-8, no JSON or no object, and for what two
    programs could read differently: doubled keys, NaN, infinite numbers, NUL and lone surrogates.
    """
    if len(body) > MOST_BYTES:
        raise Unreadable(f"more than {MOST_BYTES} bytes")
    try:
        found = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_no_constant,
            parse_float=_float,
        )
    except RecursionError as fault:
        raise Unreadable("too deep") from fault
    except UnicodeDecodeError as fault:
        raise Unreadable("not UTF-8") from fault
    except ValueError as fault:
        raise Unreadable(f"not JSON: {fault}"[:200]) from fault
    if not isinstance(found, dict):
        raise Unreadable("not an object")
    _check(found)
    return found


def _object(pairs: list[tuple[str, Any]]) -> Document:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Unreadable("a key stands twice")
    return made


def _no_constant(name: str) -> Any:
    raise Unreadable(f"{name} is no JSON")


def _float(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise Unreadable("a number without end")
    return number


def _check(document: Document) -> None:
    level: list[Any] = [document]
    for _depth in range(MOST_DEPTH):
        below: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                below += [*value, *value.values()]
            elif isinstance(value, list):
                below += value
            elif isinstance(value, str) and ("\0" in value or any("\ud800" <= c <= "\udfff" for c in value)):
                raise Unreadable("a character that is none")
        if not below:
            return
        level = below
    raise Unreadable("too deep")


def many(value: object) -> list[Any]:
    """One, several or none, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def id_of(value: object) -> str:
    """The id of what is named by it or embedded, empty where there is none that can be used."""
    if isinstance(value, list):
        value = value[0] if len(value) == 1 else None
    if isinstance(value, Mapping):
        value = value.get("id", value.get("@id"))
    return value if isinstance(value, str) and len(value) <= LONGEST_ID else ""


def ids_of(value: object) -> list[str]:
    """The ids of one or several."""
    return [found for one in many(value) if (found := id_of(one))]


def types_of(document: Mapping[str, Any]) -> set[str]:
    """Its types, mostly one."""
    return {one for one in many(document.get("type", document.get("@type"))) if isinstance(one, str)}


def object_of(activity: Mapping[str, Any]) -> Document | None:
    """The object an activity carries with it, None where it only names it or has several."""
    value = activity.get("object")
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value if isinstance(value, dict) else None


def text_of(document: Mapping[str, Any], name: str) -> str:
    """A text property: plain, or the first of its languages."""
    value = document.get(name)
    if isinstance(value, list):
        value = next((one for one in value if isinstance(one, str)), None)
    if not isinstance(value, str):
        languages = document.get(f"{name}Map")
        value = next(_texts(languages), "") if isinstance(languages, Mapping) else ""
    return value


def _texts(languages: Mapping[str, Any]) -> Iterator[str]:
    for value in languages.values():
        if isinstance(value, str):
            yield value


def addressees(*documents: Mapping[str, Any]) -> set[str]:
    """Everybody these are addressed to."""
    return {
        one
        for document in documents
        for field in ("to", "cc", "audience", "bto", "bcc")
        for one in ids_of(document.get(field))
    }


def is_public(*documents: Mapping[str, Any]) -> bool:
    """Whether the world is among the addressees, in any of its spellings."""
    return bool(_PUBLIC_SPELLINGS & addressees(*documents))


def host_of(url: str) -> str:
    """The host and port a URL points to, empty where no request could go there."""
    try:
        return read_url(url).authority
    except Forbidden:
        return ""


def same_host(*urls: str) -> bool:
    """Whether all of them are URLs of one server, scheme and port included."""
    try:
        targets = {(target.scheme, target.authority) for target in map(read_url, urls)}
    except Forbidden:
        return False
    return len(targets) == 1
