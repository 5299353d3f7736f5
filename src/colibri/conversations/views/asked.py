"""What scripts ask: JSON in, JSON out, only for who is signed in and takes part."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from colibri.common.origin import knocks
from colibri.conversations.actions import Behind, Closed, TooFewWays, TooMuch
from colibri.conversations.documents import BadDocument
from colibri.conversations.models import Member
from colibri.conversations.queries import member_of
from colibri.people.queries import account_of

__all__ = ["BadWords", "for_script", "member_in", "words_of"]

AN_HOUR_MOST = 1_200
FAULTS: dict[type[Exception], tuple[str, int]] = {
    Behind: ("behind", 409),
    Closed: ("closed", 403),
    TooMuch: ("large", 413),
    TooFewWays: ("ways", 422),
    BadDocument: ("document", 422),
}


class BadWords(BadDocument):
    """What a script sent is not what this address takes."""


def for_script(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer a script in JSON, faults too, by a name it knows: `{"fault": "behind"}`."""

    @never_cache
    @wraps(view)
    def answered(request: HttpRequest, **named: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"fault": "signed_out"}, status=401)
        if request.method == "POST" and knocks(request, "conversations") > AN_HOUR_MOST:
            return JsonResponse({"fault": "often"}, status=429)
        try:
            return view(request, **named)
        except tuple(FAULTS) as fault:
            name, status = next(known for kind, known in FAULTS.items() if isinstance(fault, kind))
            return JsonResponse({"fault": name}, status=status)

    return answered


def member_in(request: HttpRequest, talk: str) -> Member:
    """The asking person's part in a conversation they take part in. Raises `Http404`."""
    found = member_of(account_of(request.user), talk)
    if found is None or found.state != "in":
        raise Http404
    return found


def words_of(request: HttpRequest, most: int = 100_000) -> dict[str, Any]:
    """The JSON object a script sent. Raises `BadWords`."""
    if len(request.body) > most:
        raise BadWords("too long")
    try:
        found = json.loads(request.body)
        json.dumps(found, ensure_ascii=False).encode()  # an escape can be half a character: nothing keeps it
    except (ValueError, RecursionError) as fault:
        raise BadWords("no JSON") from fault
    if not isinstance(found, dict):
        raise BadWords("no object")
    return found
