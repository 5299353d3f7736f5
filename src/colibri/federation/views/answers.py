"""How requests of other servers are read and answered."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from colibri.networks.activitypub.asking import ACTIVITY_JSON
from colibri.networks.activitypub.reading import Document
from colibri.networks.activitypub.signatures import Request

__all__ = ["as_request", "document", "json_answer", "wants_activity"]

_ASKED = (ACTIVITY_JSON, "application/ld+json")


def wants_activity(request: HttpRequest) -> bool:
    """Whether a server asks, rather than a browser."""
    accepted = request.headers.get("Accept", "").lower()
    return any(kind in accepted for kind in _ASKED)


def document(content: Document) -> HttpResponse:
    """An ActivityStreams document."""
    return json_answer(content, ACTIVITY_JSON)


def json_answer(content: Document, kind: str) -> HttpResponse:
    """JSON of some kind; what it says depends on what was asked for."""
    return HttpResponse(
        json.dumps(content, ensure_ascii=False), content_type=kind, headers={"Vary": "Accept, Signature"}
    )


def as_request(request: HttpRequest, body: bytes | None) -> Request:
    """The request as its sender signed it: the site's own address stands before what they asked for."""
    scheme = settings.SITE_URL.partition("://")[0]
    url = f"{scheme}://{request.get_host()}{request.get_full_path()}"
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Request(request.method or "", url, headers, body)
