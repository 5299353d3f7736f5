"""Our actors and what they said, for servers; browsers are led to the collective's page."""

import json

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from colibri.federation.actions.receiving import prove_reader
from colibri.federation.addresses import activity_id, actor_id_of, note_id
from colibri.federation.models import Activity, Follower
from colibri.federation.queries import activity_at, face_of, outbox_of, own_actor
from colibri.federation.views.answers import as_request, document, wants_activity
from colibri.networks.activitypub import writing
from colibri.networks.activitypub.reading import Document
from colibri.people.models import Identity

__all__ = ["activity", "actor", "followers", "note", "outbox"]

ITEMS = 20


def _own(slug: str) -> Identity:
    found = own_actor(actor_id_of(slug))
    if found is None or found.collective is None:
        raise Http404
    return found


@require_safe
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    """The actor, its keys included: anybody may ask, since keys are needed to prove who asks."""
    found = _own(slug)
    if not wants_activity(request) and found.collective is not None:
        answer: HttpResponse = redirect(settings.SITE_URL + found.collective.get_absolute_url())
        answer["Vary"] = "Accept"
        return answer
    return document(writing.actor(face_of(found, now=timezone.now())))


@require_safe
def followers(request: HttpRequest, slug: str) -> HttpResponse:
    """How many follow, never who."""
    found = _own(slug)
    total = Follower.objects.filter(collective=found.collective).count()
    uri = f"{found.actor_id}/followers"
    return document(
        {"@context": writing.CONTEXT[0], "id": uri, "type": "OrderedCollection", "totalItems": total}
    )


@require_safe
def outbox(request: HttpRequest, slug: str) -> HttpResponse:
    """What the actor said to everybody and did not take back, newest first, in pages."""
    found = _own(slug)
    uri = f"{found.actor_id}/outbox"
    said = Paginator(outbox_of(found), ITEMS)
    asked = request.GET.get("page", "")
    if not asked.isascii() or not asked.isdigit() or not 1 <= int(asked[:9]) <= said.num_pages:
        return document(writing.outbox_page(uri, said.count, 0, [], more=False))
    page = said.page(int(asked[:9]))
    items = [_without_context(json.loads(str(one.document))) for one in page]
    return document(writing.outbox_page(uri, said.count, page.number, items, more=page.has_next()))


@require_safe
def note(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """A note: a public one for all, a private one for its addressee alone, who proves it by signing."""
    found = _own(slug)
    created = activity_at(found, object_uri=note_id(found.actor_id, key))
    return _shown(request, created, whole=False)


@require_safe
def activity(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """An activity, with the same care."""
    found = _own(slug)
    return _shown(request, activity_at(found, uri=activity_id(found.actor_id, key)), whole=True)


def _shown(request: HttpRequest, found: Activity | None, *, whole: bool) -> HttpResponse:
    if found is None or not (found.public or _is_addressee(request, found)):
        raise Http404  # what is private does not even exist for others
    content: Document = json.loads(str(found.document))
    if found.ended_at is not None and found.kind == "Create":
        grave = {
            "@context": writing.CONTEXT[0],
            "id": found.object_uri,
            "type": "Tombstone",
            "deleted": writing.stamp(found.ended_at),
        }
        gone = document(grave)
        gone.status_code = 410
        return gone
    if found.ended_at is not None:
        raise Http404
    if not wants_activity(request) and found.public and found.identity.collective is not None:
        return redirect(settings.SITE_URL + found.identity.collective.get_absolute_url())
    return document(content if whole else {"@context": writing.CONTEXT, **content["object"]})


def _is_addressee(request: HttpRequest, found: Activity) -> bool:
    signed = as_request(request, None)
    return bool(found.addressee) and prove_reader(signed, found.addressee, now=timezone.now())


def _without_context(content: Document) -> Document:
    return {name: value for name, value in content.items() if name != "@context"}
