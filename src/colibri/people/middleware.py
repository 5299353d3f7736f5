"""What holds for every page: what is somebody's own stays in no cache; browsers that came in are known."""

from collections.abc import Callable

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

__all__ = ["Doorkeeper", "is_known_browser"]

KNOWN, LASTS = "known", 365 * 86_400
SALT = "colibri.browser"


class Doorkeeper:
    """Middleware: pages of somebody who is signed in are not kept; their browser is remembered as theirs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self._get_response(request)
        if request.user.is_authenticated:
            answer.headers.setdefault("Cache-Control", "private, no-store")
            mark = str(request.user.pk)
            if _mark(request) != mark:
                answer.set_cookie(
                    KNOWN,
                    signing.dumps(mark, salt=SALT),
                    max_age=LASTS,
                    secure=settings.SESSION_COOKIE_SECURE,
                    httponly=True,
                    samesite="Lax",
                )
        return answer


def is_known_browser(request: HttpRequest, account: int | None) -> bool:
    """Whether this account came in with this very browser before: a flood of others must not shut it out."""
    return account is not None and _mark(request) == str(account)


def _mark(request: HttpRequest) -> str:
    try:
        return str(signing.loads(request.COOKIES.get(KNOWN, ""), salt=SALT, max_age=LASTS))
    except signing.BadSignature:
        return ""
