"""Lists of people to follow: what is public, who may change them, who wants to be on none."""

import hashlib
import re

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from colibri.networks.plain import web_address
from colibri.people.models import Account, Collective
from colibri.people.queries import has_role
from colibri.showcase.models import BLOG, FollowList, Listed, StayOff

__all__ = [
    "digest_of",
    "list_seen_by",
    "lists_of",
    "lists_waiting",
    "may_change_list",
    "public_lists",
    "shown_people",
    "stays_off",
    "where_followed",
]

_FEDIVERSE = re.compile(
    r"@?([a-z0-9_](?:[a-z0-9_.-]{0,60}[a-z0-9_])?)@((?:[a-z0-9-]+\.)+[a-z]{2,})", re.IGNORECASE
)
_BLUESKY = re.compile(
    r"@?((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9])", re.IGNORECASE
)
_MEMORY = re.compile(r"@?([a-z0-9-]{2,30})", re.IGNORECASE)


def where_followed(text: str) -> tuple[str, str] | None:
    """The place and the address of somebody as people type them, None where it is neither.

    "@name@server.example" is Mastodon's, "name.example" Bluesky's, "https://…" the feed of a blog.
    """
    text = text.strip()
    if "://" in text:
        address = web_address(text)
        return (BLOG, address) if address else None
    if found := _FEDIVERSE.fullmatch(text):
        return "mastodon", f"{found[1]}@{found[2]}".lower()
    if found := _BLUESKY.fullmatch(text):
        return "bluesky", found[1].lower()
    if settings.DEMO and (found := _MEMORY.fullmatch(text)):
        return "memory", found[1].lower()
    return None


def digest_of(place: str, address: str) -> str:
    """A keyed hash of where somebody is, by handle or by what never changes."""
    key = settings.MEMBER_HASH_KEY.encode()
    return hashlib.blake2b(f"{place} {address.lower()}".encode(), key=key, digest_size=32).hexdigest()


def stays_off(place: str, *addresses: str) -> bool:
    """Whether somebody known by any of these wants to be on no list."""
    return StayOff.objects.filter(digest__in=[digest_of(place, one) for one in addresses if one]).exists()


def may_change_list(account: Account, found: FollowList) -> bool:
    """Who made it, and animators."""
    return account.pk == found.maker_id or has_role(account, found.collective, "animator")


def list_seen_by(account: Account | AnonymousUser, public_id: str) -> FollowList | None:
    """The list of this name, where it is public or the account may change it."""
    found = FollowList.objects.filter(public_id=public_id).select_related("collective", "maker").first()
    if found is None or found.state == "shown":
        return found
    return found if isinstance(account, Account) and may_change_list(account, found) else None


def public_lists(collective: Collective) -> QuerySet[FollowList]:
    """The collective's public lists, by title."""
    return FollowList.objects.filter(collective=collective, state="shown").order_by("title", "pk")


def lists_of(account: Account) -> QuerySet[FollowList]:
    """The lists somebody makes, what changed last first."""
    return FollowList.objects.filter(maker=account).select_related("collective").order_by("-changed_at")


def lists_waiting(collective: Collective) -> QuerySet[FollowList]:
    """Lists an animator looks at, longest waiting first."""
    return FollowList.objects.filter(collective=collective, state="submitted").order_by("changed_at")


def shown_people(found: FollowList, place: str = "") -> QuerySet[Listed]:
    """Who is on it and was told; of one place or all."""
    people = found.people.filter(state="told")
    return (people.filter(place=place) if place else people).order_by("place", "address")
