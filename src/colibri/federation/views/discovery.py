"""How servers find our actors, and what they learn of this installation."""

from importlib.metadata import version

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.urls import reverse
from django.views.decorators.http import require_safe

from colibri.federation.addresses import own_host
from colibri.federation.queries import any_actor, outbox_of, own_actors
from colibri.federation.views.answers import json_answer
from colibri.networks.activitypub.webfinger import BadResource, jrd, wanted

__all__ = ["host_meta", "nodeinfo", "nodeinfo_links", "webfinger"]

_SCHEMA = "http://nodeinfo.diaspora.software/ns/schema/2.1"


@require_safe
def webfinger(request: HttpRequest) -> HttpResponse:
    """The actor behind a handle, its id or its page; 400 for what is neither, 404 for what is not here."""
    try:
        kind, name = wanted(request.GET.get("resource", ""))
    except BadResource:
        return HttpResponseBadRequest("resource=acct:name@host", content_type="text/plain")
    for actor in own_actors():
        page = settings.SITE_URL + actor.collective.get_absolute_url() if actor.collective else ""
        if name.casefold() == actor.handle.casefold() if kind == "acct" else name in (actor.actor_id, page):
            answer = json_answer(jrd(actor.handle, actor.actor_id, page), "application/jrd+json")
            answer["Access-Control-Allow-Origin"] = "*"
            return answer
    raise Http404


@require_safe
def host_meta(request: HttpRequest) -> HttpResponse:
    """Where WebFinger is asked, for those who ask first."""
    template = f"{settings.SITE_URL}{reverse('federation:webfinger')}?resource={{uri}}"
    return HttpResponse(
        '<?xml version="1.0" encoding="UTF-8"?>\n<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">'
        f'<Link rel="lrdd" template="{template}"/></XRD>\n',
        content_type="application/xrd+xml",
    )


@require_safe
def nodeinfo_links(request: HttpRequest) -> HttpResponse:
    """Where NodeInfo is."""
    if any_actor() is None:
        raise Http404
    href = settings.SITE_URL + reverse("federation:nodeinfo")
    return json_answer({"links": [{"rel": _SCHEMA, "href": href}]}, "application/json")


@require_safe
def nodeinfo(request: HttpRequest) -> HttpResponse:
    """What runs here. Our collectives are its users: people's accounts are nobody's business."""
    actors = list(own_actors())
    if not actors:
        raise Http404
    content = {
        "version": "2.1",
        "software": {"name": "colibri", "version": version("colibri")},
        "protocols": ["activitypub"],
        "services": {"inbound": [], "outbound": []},
        "openRegistrations": False,
        "usage": {
            "users": {"total": len(actors)},
            "localPosts": sum(outbox_of(actor).filter(kind="Create").count() for actor in actors),
        },
        "metadata": {"nodeName": own_host()},
    }
    return json_answer(content, f'application/json; profile="{_SCHEMA}#"')
