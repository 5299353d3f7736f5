"""What Bluesky's servers ask of this site, and where a relay agrees to be named."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from colibri.common.doors import signed_in
from colibri.federation.feeds.actions import be_listed, be_listed_no_more
from colibri.federation.feeds.catalogue import GENERATOR, feed_named, feeds
from colibri.federation.feeds.queries import BadCursor, collective_of, page_of, published_shelves, service_did
from colibri.networks.bluesky.records import split_uri
from colibri.networks.errors import Refused
from colibri.people.models import Collective
from colibri.people.queries import account_of, collective_identity, may_act

__all__ = ["describe", "did_document", "listing", "skeleton"]

_reading = require_http_methods(["GET", "HEAD"])
PAGE, PAGE_MOST = 50, 100


@_reading
def did_document(request: HttpRequest) -> HttpResponse:
    """This site's own document: who answers for feeds (did:web)."""
    service = {"id": "#bsky_fg", "type": "BskyFeedGenerator", "serviceEndpoint": settings.SITE_URL}
    return JsonResponse(
        {"@context": ["https://www.w3.org/ns/did/v1"], "id": service_did(), "service": [service]}
    )


@_reading
def describe(request: HttpRequest) -> HttpResponse:
    """Every feed that was published."""
    found = []
    for shelf in published_shelves().select_related("collective"):
        own = collective_identity(shelf.collective, "bluesky")
        if own is not None:
            found += [{"uri": f"at://{own.actor_id}/{GENERATOR}/{feed.key}"} for feed in feeds()]
    return JsonResponse({"did": service_did(), "feeds": found})


@_reading
def skeleton(request: HttpRequest) -> HttpResponse:
    """One page of a feed: the posts by their addresses. Who asks is not looked at: all see the same."""
    asked = request.GET.get("limit", str(PAGE))
    if not (asked.isascii() and asked.isdigit() and len(asked) < 4 and 1 <= int(asked) <= PAGE_MOST):
        return _no("InvalidRequest", f"limit must be a number from 1 to {PAGE_MOST}")
    try:
        did, collection, key = split_uri(request.GET.get("feed", ""))
    except Refused:
        return _no("InvalidRequest", "feed must be the address of a record")
    collective, feed = collective_of(did), feed_named(key)
    if collective is None or feed is None or collection != GENERATOR:
        return _no("UnknownFeed", "there is no such feed here")
    try:
        page = page_of(
            collective, feed, limit=int(asked), cursor=request.GET.get("cursor", ""), now=timezone.now()
        )
    except BadCursor:
        return _no("InvalidRequest", "not a cursor of this feed")
    more = {"cursor": page.cursor} if page.cursor else {}
    return JsonResponse({"feed": [{"post": uri} for uri in page.uris], **more})


def _no(error: str, message: str) -> JsonResponse:
    return JsonResponse({"error": error, "message": message}, status=400)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Be named among the collective's relays, or no longer."""
    collective = get_object_or_404(Collective, slug=slug)
    account = account_of(request.user)
    if request.method == "POST":
        if request.POST.get("agree"):
            be_listed(account, collective, by="page", now=timezone.now())
            messages.success(request, _("Thank you: your account joins the collective's list."))
        else:
            be_listed_no_more(account, collective, by="page", now=timezone.now())
            messages.success(request, _("Your account is taken off the list."))
        return redirect("feeds:listing", slug)
    agreed = may_act(collective, "be_listed", account=account, identity=None)
    return render(request, "federation/listing.html", {"collective": collective, "agreed": agreed})
