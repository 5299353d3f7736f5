"""Taking part: a place or the wait for one, what it brought, one's own workshops and calendar."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from colibri.common.doors import signed_in
from colibri.people.actions import choose_time_zone
from colibri.people.queries import account_of
from colibri.programme import actions
from colibri.programme.calendars import calendar_of
from colibri.programme.forms import ClocksForm, FeedbackForm
from colibri.programme.models import CalendarKey
from colibri.programme.queries import (
    clocks_of,
    hosted_by,
    reader_of_calendar,
    registration_of,
    registrations_of,
)
from colibri.programme.views.workshops import as_calendar, page_context, seen
from colibri.programme.words import when_words
from colibri.showcase.queries import writes_for

__all__ = ["clocks", "feedback", "my_calendar", "my_workshops", "place", "renew_calendar"]

LED_SHOWN = 30


@never_cache
@signed_in
@require_safe
def my_workshops(request: HttpRequest) -> HttpResponse:
    """What the person takes part in, what they lead, their clocks and their calendar."""
    account = account_of(request.user)
    mine = [
        (one, when_words(one.workshop, clocks_of(account, one.workshop.collective)))
        for one in registrations_of(account, now=timezone.now())
    ]
    led = [
        (one, when_words(one, clocks_of(account, one.collective))) for one in hosted_by(account)[:LED_SHOWN]
    ]
    key = CalendarKey.objects.filter(account=account).first()
    path = reverse("programme:my_calendar", args=[key.secret]) if key else ""
    context = {
        "mine": mine,
        "led": led,
        "collectives": writes_for(account),
        "address": settings.SITE_URL + path if key else "",
        "form": ClocksForm(collective_zone=settings.TIME_ZONE, own=account.time_zone),
    }
    return render(request, "programme/my_workshops.html", context)


@never_cache
@signed_in
@require_POST
def place(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a place, wait for one, or give it back."""
    found, account, now = seen(request, public_id), account_of(request.user), timezone.now()
    try:
        if request.POST.get("do") == "give_back":
            actions.give_back_place(account, found, now=now)
            messages.success(request, _("Given back: thank you for telling. Whoever waits longest gets it."))
        elif actions.take_place(account, found, now=now).state == "held":
            messages.success(request, _("You have a place. Put it into your calendar below."))
        else:
            messages.success(
                request,
                _("You are on the waiting list. A mail tells you when a place is free."),
            )
    except actions.TooLate:
        messages.warning(request, _("Nothing was done: it is over or was called off."))
    return redirect(found)


@never_cache
@signed_in
@require_POST
def feedback(request: HttpRequest, public_id: str) -> HttpResponse:
    """What it brought."""
    found = seen(request, public_id)
    mine = registration_of(account_of(request.user), found)
    if mine is None:
        raise Http404
    form = FeedbackForm(request.POST, instance=mine)
    if not form.is_valid():
        context = {**page_context(request, found), "feedback": form}
        return render(request, "programme/workshop.html", context, status=422)
    try:
        actions.give_feedback(mine, **form.cleaned_data, now=timezone.now())
        messages.success(request, _("Thank you! It helps to make the next one better."))
    except actions.TooLate:
        messages.warning(request, _("Tell it once it has begun, and only with a place of your own."))
    return redirect(found)


@never_cache
@signed_in
@require_POST
def clocks(request: HttpRequest) -> HttpResponse:
    """By whose clocks the person is told the hour."""
    account = account_of(request.user)
    form = ClocksForm(request.POST, collective_zone=settings.TIME_ZONE, own=account.time_zone)
    if not form.is_valid():
        raise Http404
    choose_time_zone(account, form.cleaned_data["time_zone"])
    messages.success(request, _("Noted: pages and mails tell you the hour by these clocks."))
    return redirect("programme:my_workshops")


@never_cache
@signed_in
@require_POST
def renew_calendar(request: HttpRequest) -> HttpResponse:
    """A new address for the person's calendar; the one before leads nowhere."""
    actions.new_calendar_key(account_of(request.user))
    messages.success(request, _("This is your calendar's address. Whoever knows it sees your workshops."))
    return redirect("programme:my_workshops")


@never_cache
@require_safe
def my_calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """Somebody's workshops, for the program that has their address."""
    known = reader_of_calendar(secret)
    if known is None:
        raise Http404
    _account, held = known
    content = calendar_of(_("My workshops"), [one.workshop for one in held], with_links=True)
    return as_calendar(content, "workshops.ics")
