"""WebFinger (RFC 7033): handles and actor ids, asked and answered."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from colibri.networks.activitypub.reading import Document, many
from colibri.networks.errors import Gone

__all__ = ["BadResource", "actor_link", "jrd", "wanted"]

_ACTIVITY_TYPES = {
    "application/activity+json",
    'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
}


class BadResource(ValueError):
    """What was asked for is no account and no URL."""


def wanted(resource: str) -> tuple[str, str]:
    """Who is asked for: ("acct", user@host) or ("url", the URL). Raises `BadResource`."""
    scheme, _colon, rest = resource.partition(":")
    if scheme.lower() == "acct":
        user, at, host = rest.removeprefix("@").rpartition("@")
        if not at or not user or not host:
            raise BadResource(resource)
        return "acct", f"{user}@{host.lower()}"
    try:
        parts = urlsplit(resource)
    except ValueError as fault:
        raise BadResource(resource) from fault
    if parts.scheme not in ("https", "http") or not parts.netloc:
        raise BadResource(resource)
    return "url", resource


def jrd(handle: str, actor_id: str, page: str) -> Document:
    """What an account is, for whoever asked."""
    return {
        "subject": f"acct:{handle}",
        "aliases": [actor_id, page],
        "links": [
            {"rel": "self", "type": "application/activity+json", "href": actor_id},
            {"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": page},
        ],
    }


def actor_link(found: Document) -> str:
    """The actor id an answer gives. Raises `Gone` where it gives none."""
    for link in many(found.get("links")):
        if isinstance(link, Mapping) and link.get("rel") == "self" and link.get("type") in _ACTIVITY_TYPES:
            href: Any = link.get("href")
            if isinstance(href, str):
                return href
    raise Gone("no actor there")
