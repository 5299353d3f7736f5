"""Pages for everybody: what Colibri is, and each collective."""

from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from colibri.appeals.queries import open_appeals, with_texts
from colibri.causes.queries import public_causes
from colibri.federation.queries import actor_of
from colibri.federation.views.answers import wants_activity
from colibri.home.queries import figures_of, networks_heard
from colibri.people.models import Collective
from colibri.showcase.queries import public_portraits, to_read

__all__ = ["collective", "index"]

CARDS = 12
CAUSES = 3
TO_READ = 3
"""So much of what there is to read is shown here; the rest has its page."""
PORTRAITS = 3
"""As with what there is to read."""


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What Colibri is, the collectives here, and how to join as each kind of person."""
    return render(request, "home/index.html", {"collectives": Collective.objects.order_by("name")})


@require_safe
@vary_on_headers("Accept")
def collective(request: HttpRequest, slug: str) -> HttpResponse:
    """A collective: what it relays, today's messages, its figures, how to join."""
    found = get_object_or_404(Collective, slug=slug)
    if wants_activity(request) and (actor := actor_of(found)) is not None:
        return redirect(actor.actor_id)
    pages = Paginator(with_texts(open_appeals(found)), CARDS)
    with timezone.override(ZoneInfo(found.time_zone)):
        context = {
            "collective": found,
            "rules": found.rules,
            "networks": networks_heard(found),
            "page": pages.get_page(request.GET.get("page")),
            "figures": figures_of(found, now=timezone.now()),
            "causes": public_causes(found)[:CAUSES],
            "to_read": to_read(found, most=TO_READ),
            "portraits": public_portraits(found)[:PORTRAITS],
        }
        return render(request, "home/collective.html", context)
