"""The inboxes: what comes is proven and kept, or refused with nothing kept; a worker acts upon it."""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from colibri.federation.actions.receiving import TooMany, receive
from colibri.federation.addresses import actor_id_of
from colibri.federation.queries import any_actor, own_actor
from colibri.federation.views.answers import as_request
from colibri.networks.activitypub.reading import MOST_BYTES, Unreadable
from colibri.networks.activitypub.signatures import BadSignature

__all__ = ["inbox", "shared_inbox"]

log = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def inbox(request: HttpRequest, slug: str) -> HttpResponse:
    """The inbox of one actor."""
    if own_actor(actor_id_of(slug)) is None:
        raise Http404
    return _receive(request)


@csrf_exempt
@require_POST
def shared_inbox(request: HttpRequest) -> HttpResponse:
    """The inbox all our actors share."""
    if any_actor() is None:
        raise Http404
    return _receive(request)


def _receive(request: HttpRequest) -> HttpResponse:
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        return _says(413, "too large")
    try:
        receive(as_request(request, body), now=timezone.now())
    except Unreadable as fault:
        return _says(400, str(fault))
    except BadSignature as fault:
        log.info("not proven: %s", fault)
        return _says(401, "the signature cannot be verified")
    except TooMany:
        answer = _says(429, "too many")
        answer["Retry-After"] = "60"
        return answer
    return HttpResponse(status=202)


def _says(status: int, words: str) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
