"""Where our own actors and what they say live. An actor's id never changes, whatever becomes of its slug."""

import re

from django.conf import settings
from django.urls import reverse

__all__ = ["KEY", "activity_id", "actor_id_of", "is_ours", "note_id", "own_host", "shared_inbox"]

KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What keys of activities look like, since they stand in addresses."""


def own_host() -> str:
    """The host of handles: that of the site."""
    return str(settings.SITE_URL).partition("://")[2]


def actor_id_of(slug: str) -> str:
    """The id of the actor made for a collective of this slug."""
    return settings.SITE_URL + reverse("federation:actor", args=[slug])


def note_id(actor_id: str, key: str) -> str:
    """Where a note of an actor lives."""
    return f"{actor_id}/notes/{key}"


def activity_id(actor_id: str, key: str) -> str:
    """Where an activity of an actor lives."""
    return f"{actor_id}/activities/{key}"


def shared_inbox() -> str:
    """The inbox all our actors share."""
    return settings.SITE_URL + reverse("federation:shared_inbox")


def is_ours(url: str) -> bool:
    """Whether this is an address of this site."""
    return url.startswith(f"{settings.SITE_URL}/")
