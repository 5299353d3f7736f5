"""The animator's sources: where the collective listens, how it is heard, and its own accounts."""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from colibri.common.doors import signed_in
from colibri.federation.actions.inviting import end_invitation
from colibri.federation.actions.reports import close_report
from colibri.federation.actions.sources import SOURCES_MOST, TooManySources, add_source, remove_source
from colibri.federation.forms import SourceForm
from colibri.federation.models import Source
from colibri.federation.queries import (
    heartbeats,
    invitations_by_hand,
    open_reports,
    servers_suspended,
    with_appeals,
)
from colibri.people.forms import DoorForm
from colibri.people.models import Collective
from colibri.people.queries import accounts_of, collective_run

__all__ = ["invited", "remove", "reported", "sources"]


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def sources(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the collective listens and how it is heard; POST adds a place."""
    collective = _run(request, slug)
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_source(collective, form.cleaned_data["network"], form.cleaned_data["server"])
        except TooManySources:
            words = _("A collective listens at {number} places at most. Take one away first.")
            form.add_error(None, words.format(number=SOURCES_MOST))
        else:
            messages.success(request, _("It is listened to within seconds."))
            return redirect("federation:sources", slug)
    with timezone.override(ZoneInfo(collective.time_zone)):
        context = {
            "collective": collective,
            "sources": heartbeats(collective, now=timezone.now()),
            "accounts": accounts_of(collective),
            "form": form,
            "door": DoorForm(),
            "for_collective": slug,
            "next": request.path,
            "suspended": servers_suspended()[:20],
            "invitations": invitations_by_hand(collective)[:20],
            "reports": with_appeals(open_reports(collective)[:20]),
        }
        return render(request, "federation/sources.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def remove(request: HttpRequest, slug: str, source: int) -> HttpResponse:
    """Listen at one place no more."""
    collective = _run(request, slug)
    remove_source(get_object_or_404(Source, pk=source, collective=collective))
    messages.success(request, _("It is no longer listened to. What was heard stays."))
    return redirect("federation:sources", slug)


@signed_in
@require_POST
def reported(request: HttpRequest, slug: str, report: int) -> HttpResponse:
    """An animator has looked at what another server's moderators reported."""
    collective = _run(request, slug)
    close_report(get_object_or_404(open_reports(collective), pk=report), now=timezone.now())
    messages.success(request, _("Thank you. Its words are forgotten."))
    return redirect("federation:sources", slug)


@signed_in
@require_POST
def invited(request: HttpRequest, slug: str, invitation: int) -> HttpResponse:
    """An animator invited somebody by hand, or leaves it."""
    collective = _run(request, slug)
    found = get_object_or_404(invitations_by_hand(collective), pk=invitation)
    end_invitation(found, sent=bool(request.POST.get("sent")))
    messages.success(request, _("Noted."))
    return redirect("federation:sources", slug)


def _run(request: HttpRequest, slug: str) -> Collective:
    get_object_or_404(Collective, slug=slug)
    collective = collective_run(request.user, slug)
    if collective is None:
        raise PermissionDenied
    return collective
