"""What views share: pages for those who are signed in, the page to come back to, the row a button names."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.http import escape_leading_slashes, url_has_allowed_host_and_scheme

__all__ = ["came_from", "row_chosen", "signed_in"]

View = Callable[..., HttpResponse]
DIGITS_MOST = 18
"""No row has a longer number."""


def signed_in(view: View) -> View:
    """Only for who is signed in. Who pressed a button after their session ended comes back to its page."""

    @wraps(view)
    def checked(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *given, **named)
        return redirect_to_login(came_from(request))

    return checked


def came_from(request: HttpRequest) -> str:
    """The page to come back to: this one where it can be looked at, else the one whose button was pressed."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    before = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure()):
        parts = urlsplit(before)
        return escape_leading_slashes(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def row_chosen(request: HttpRequest, field: str = "row") -> int:
    """The number of the row a button was pressed for. Raises `Http404` where it is none."""
    number = request.POST.get(field, "")
    if not number.isdecimal() or len(number) > DIGITS_MOST:
        raise Http404
    return int(number)
