"""Small words templates of relays use."""

from collections.abc import Mapping
from typing import Any

from django import template

from colibri.relays.words import reason_words

register = template.Library()


@register.filter
def in_words(reason: Mapping[str, Any]) -> str:
    """Why a message was chosen for a relay."""
    return reason_words(reason)
