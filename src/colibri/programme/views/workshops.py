"""What everybody may look at: the workshops ahead, one of them, and both for calendars."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colibri.people.models import Account, Collective
from colibri.people.queries import has_role
from colibri.programme.calendars import calendar_of
from colibri.programme.forms import FeedbackForm, RemarkForm, ReplayForm
from colibri.programme.queries import (
    clocks_of,
    coming,
    may_lead,
    past_with_replay,
    proposals_of,
    registration_of,
    told_of,
    workshop_seen_by,
)
from colibri.programme.words import clocks_words, when_words
from colibri.showcase.queries import may_write

__all__ = ["as_calendar", "calendar", "event", "workshop", "workshops"]

AT_ONCE = 20
IN_CALENDAR = 300


@require_safe
def workshops(request: HttpRequest, slug: str) -> HttpResponse:
    """What is ahead, what can be watched again and, for animators, what waits for them."""
    collective = get_object_or_404(Collective, slug=slug)
    now, zone = timezone.now(), clocks_of(request.user, collective)
    page = Paginator(coming(collective, now=now), AT_ONCE).get_page(request.GET.get("page"))
    account = request.user if isinstance(request.user, Account) else None
    runs = account is not None and has_role(account, collective, "animator")
    context = {
        "collective": collective,
        "page": page,
        "listed": [(one, when_words(one, zone)) for one in page],
        "waiting": [(one, when_words(one, zone)) for one in proposals_of(collective)] if runs else [],
        "past": past_with_replay(collective, now=now),
        "runs": runs,
        "leads": account is not None and may_write(account, collective),
        "clocks": clocks_words(zone),
    }
    return render(request, "programme/workshops.html", context)


@require_safe
def workshop(request: HttpRequest, public_id: str) -> HttpResponse:
    """One workshop, with what its reader may do there."""
    found = seen(request, public_id)
    return render(request, "programme/workshop.html", page_context(request, found))


def page_context(request: HttpRequest, found: Any) -> dict[str, Any]:
    """What the page of one workshop shows to its reader."""
    now, reader = timezone.now(), request.user
    mine, leads = registration_of(reader, found), may_lead(reader, found)
    account = reader if isinstance(reader, Account) else None
    return {
        "workshop": found,
        "collective": found.collective,
        "when": when_words(found, clocks_of(reader, found.collective)),
        "over": found.ends_at <= now,
        "begun": found.starts_at <= now,
        "mine": mine,
        "holds": mine is not None and mine.state == "held",
        "leads": leads,
        "runs": account is not None and has_role(account, found.collective, "animator"),
        "told": told_of(found) if leads and found.starts_at <= now else None,
        "feedback": FeedbackForm(instance=mine) if mine is not None else None,
        "replay": ReplayForm(initial={"replay": found.replay}),
        "remark": RemarkForm(),
    }


@require_safe
def event(request: HttpRequest, public_id: str) -> HttpResponse:
    """The workshop for a calendar; with its link for who has a place."""
    found = seen(request, public_id)
    mine = registration_of(request.user, found)
    shown = may_lead(request.user, found) or (mine is not None and mine.state == "held")
    return as_calendar(calendar_of(found.title, [found], with_links=shown), "workshop.ics")


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """All that is ahead, to subscribe to."""
    collective = get_object_or_404(Collective, slug=slug)
    ahead = coming(collective, now=timezone.now())[:IN_CALENDAR]
    name = _("Workshops of {name}").format(name=collective.name)
    return as_calendar(calendar_of(name, ahead, with_links=False), f"{collective.slug}.ics")


def as_calendar(content: bytes, name: str) -> HttpResponse:
    """A calendar as browsers and calendar programs take it."""
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def seen(request: HttpRequest, public_id: str) -> Any:
    """The workshop of this name, where its reader may see it. Raises `Http404`."""
    found = workshop_seen_by(request.user, public_id)
    if found is None:
        raise Http404
    return found
