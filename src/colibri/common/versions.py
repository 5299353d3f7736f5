"""Deciding upon what somebody has read and nothing else: their page says which version it showed."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

__all__ = ["CHANGED", "version_read"]

CHANGED = _("It was changed while you were reading. Please read it once more; nothing was decided.")


def version_read(request: HttpRequest) -> int:
    """The version somebody read, 0 where the page did not say."""
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0
