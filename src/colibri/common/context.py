"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest

__all__ = ["site"]


def site(request: HttpRequest) -> dict[str, object]:
    """The site's address and whether this is the demonstration."""
    return {"site_url": settings.SITE_URL, "demo": settings.DEMO}
