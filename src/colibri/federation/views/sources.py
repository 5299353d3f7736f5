"""The animator's sources: where the collective listens, how it is heard, whom it follows, its accounts."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from colibri.common.doors import signed_in
from colibri.common.turns import Turns
from colibri.federation.actions.following import (
    FOLLOWED_MOST,
    NotToFollow,
    TooManyFollowed,
    end_following,
    follow_named,
)
from colibri.federation.actions.inviting import end_invitation
from colibri.federation.actions.reports import close_report
from colibri.federation.actions.sources import SOURCES_MOST, TooManySources, add_source, remove_source
from colibri.federation.forms import FollowForm, SourceForm
from colibri.federation.models import Following, Source
from colibri.federation.queries import (
    actor_of,
    followed_by,
    heartbeats,
    invitations_by_hand,
    open_reports,
    servers_suspended,
    with_appeals,
)
from colibri.networks.errors import Gone, NetworkError, Retryable
from colibri.people.forms import DoorForm
from colibri.people.models import Collective
from colibri.people.queries import accounts_of, collective_animated

__all__ = ["invited", "remove", "reported", "sources", "unfollow"]

WAITING = Turns(2)
"""Animators of this process whose account to follow is being asked for at once."""


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def sources(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the collective listens and how it is heard; POST adds a place, or an account to follow."""
    collective = collective_animated(request.user, slug)
    now = timezone.now()
    actor = actor_of(collective)
    following = actor is not None and "account" in request.POST
    to_follow = FollowForm(request.POST if following else None)
    form = SourceForm(request.POST if request.POST and not following else None)
    if to_follow.is_valid() and _follow(collective, to_follow, now=now):
        messages.success(request, _("Asked. Whether they accept is shown here."))
        return redirect("federation:sources", slug)
    if form.is_valid() and _listen(collective, form):
        messages.success(request, _("It is listened to within seconds."))
        return redirect("federation:sources", slug)
    with timezone.override(ZoneInfo(collective.time_zone)):
        context = {
            "collective": collective,
            "sources": heartbeats(collective, now=now),
            "accounts": accounts_of(collective),
            "form": form,
            "to_follow": to_follow,
            "actor": actor,
            "followed": followed_by(collective),
            "door": DoorForm(),
            "for_collective": slug,
            "next": request.path,
            "suspended": servers_suspended()[:20],
            "invitations": invitations_by_hand(collective)[:20],
            "reports": with_appeals(open_reports(collective)[:20]),
        }
        return render(
            request,
            "federation/sources.html",
            context,
            status=422 if form.errors or to_follow.errors else 200,
        )


def _listen(collective: Collective, form: SourceForm) -> bool:
    try:
        add_source(collective, form.cleaned_data["network"], form.cleaned_data["server"])
    except TooManySources:
        words = _("A collective listens at {number} places at most. Take one away first.")
        form.add_error(None, words.format(number=SOURCES_MOST))
    return not form.errors


def _follow(collective: Collective, form: FollowForm, *, now: datetime) -> bool:
    try:
        with WAITING.taken():
            follow_named(collective, form.cleaned_data["account"], now=now)
    except TooManyFollowed:
        words = _("A collective follows {number} accounts at most. Follow one no more first.")
        form.add_error("account", words.format(number=FOLLOWED_MOST))
    except Gone:
        form.add_error("account", _("There is no such account. Is it written in full?"))
    except Retryable:
        form.add_error("account", _("Its server does not answer just now. Try again in a while."))
    except NotToFollow:
        form.add_error(
            "account",
            _("It cannot be followed: it lives here, it blocked you, or its server is blocked here."),
        )
    except NetworkError:
        form.add_error("account", _("There is no account of the fediverse at this address."))
    return not form.errors


@signed_in
@require_POST
def unfollow(request: HttpRequest, slug: str, following: int) -> HttpResponse:
    """Follow an account no more."""
    collective = collective_animated(request.user, slug)
    end_following(get_object_or_404(Following, pk=following, collective=collective), now=timezone.now())
    messages.success(request, _("It is no longer followed."))
    return redirect("federation:sources", slug)


@signed_in
@require_POST
def remove(request: HttpRequest, slug: str, source: int) -> HttpResponse:
    """Listen at one place no more."""
    collective = collective_animated(request.user, slug)
    remove_source(get_object_or_404(Source, pk=source, collective=collective))
    messages.success(request, _("It is no longer listened to. What was heard stays."))
    return redirect("federation:sources", slug)


@signed_in
@require_POST
def reported(request: HttpRequest, slug: str, report: int) -> HttpResponse:
    """An animator has looked at what another server's moderators reported."""
    collective = collective_animated(request.user, slug)
    close_report(get_object_or_404(open_reports(collective), pk=report), now=timezone.now())
    messages.success(request, _("Thank you. Its words are forgotten."))
    return redirect("federation:sources", slug)


@signed_in
@require_POST
def invited(request: HttpRequest, slug: str, invitation: int) -> HttpResponse:
    """An animator invited somebody by hand, or leaves it."""
    collective = collective_animated(request.user, slug)
    found = get_object_or_404(invitations_by_hand(collective), pk=invitation)
    end_invitation(found, sent=bool(request.POST.get("sent")))
    messages.success(request, _("Noted."))
    return redirect("federation:sources", slug)
