"""Leading: propose a workshop or a whole series, change it, decide on it, note who came."""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from colibri.common.doors import signed_in
from colibri.common.states import ChangedMeanwhile, WrongMove
from colibri.common.versions import CHANGED, version_read
from colibri.people.models import Account, Collective
from colibri.people.queries import account_of, has_role
from colibri.programme import actions
from colibri.programme.forms import (
    AttendanceForm,
    RemarkForm,
    ReplayForm,
    SeriesForm,
    WorkshopForm,
    read_series,
)
from colibri.programme.models import Workshop
from colibri.programme.queries import hosted_by, may_lead, taking_part
from colibri.programme.views.workshops import page_context, seen
from colibri.programme.words import clocks_words
from colibri.showcase.queries import may_write

__all__ = ["attendance", "change", "decide", "propose", "series"]

PROPOSED_MOST = 20
"""Somebody has so many proposals at most that wait for a word."""
DO = {"agree", "return", "call_off", "replay"}


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """A new workshop; POST proposes it."""
    collective, account = get_object_or_404(Collective, slug=slug), account_of(request.user)
    if not may_write(account, collective):
        return render(request, "programme/not_yet.html", {"collective": collective}, status=403)
    if hosted_by(account).filter(state="proposed").count() >= PROPOSED_MOST:
        messages.warning(request, _("Many of your proposals wait already: an animator looks at them first."))
        return redirect("programme:my_workshops")
    empty = _empty(collective, account)
    with timezone.override(ZoneInfo(collective.time_zone)):
        form = WorkshopForm(request.POST or None, instance=empty)
        if request.method == "POST" and form.is_valid():
            kept = actions.propose_workshop(form.instance, account, now=timezone.now())
            messages.success(request, _kept_words(kept))
            return redirect(kept)
        return _written(request, form, empty)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a workshop; POST keeps it, and who takes part hears when it moved."""
    found = _led(request, public_id)
    runs = has_role(account_of(request.user), found.collective, "animator")
    if found.state == "cancelled":
        messages.warning(request, _("It was called off: propose it anew."))
        return redirect(found)
    with timezone.override(ZoneInfo(found.collective.time_zone)):
        form = WorkshopForm(request.POST or None, instance=found, fixed=found.state == "agreed" and not runs)
        if request.method == "POST" and form.is_valid():
            try:
                kept = actions.change_workshop(form.instance, now=timezone.now())
                messages.success(request, _("Kept. Whoever takes part hears of a new time or place."))
            except WrongMove:
                kept = found
                messages.warning(request, _("Nothing was kept: meanwhile it was called off."))
            return redirect(kept)
        return _written(request, form, found)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """Many workshops at once, from a table: all of them or none."""
    collective, account = get_object_or_404(Collective, slug=slug), account_of(request.user)
    if not may_write(account, collective):
        return render(request, "programme/not_yet.html", {"collective": collective}, status=403)
    form = SeriesForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        empty = _empty(collective, account)
        empty.series = form.cleaned_data["series"]
        with timezone.override(ZoneInfo(collective.time_zone)):
            found, faults = read_series(form.cleaned_data["table"], empty)
        if not faults:
            try:
                kept = actions.propose_series(found, account, now=timezone.now())
            except actions.AlreadyThere as fault:
                said = _("“{title}” begins at that moment already: take its line out of the table.")
                faults = [said.format(title=found[fault.number].title)]
            else:
                words = ngettext("{number} workshop is set up.", "{number} workshops are set up.", len(kept))
                messages.success(request, words.format(number=len(kept)) + " " + _kept_words(kept[0]))
                return redirect("programme:workshops", slug)
        # What was uploaded is shown to be mended: no browser keeps a file for a second try.
        form.initial = {"table": form.cleaned_data["table"]}
        form.data = {**request.POST.dict(), "table": form.cleaned_data["table"]}
    context = {"collective": collective, "form": form, "faults": faults, "clocks": _clocks(collective)}
    return render(request, "programme/series.html", context, status=422 if faults or form.errors else 200)


@never_cache
@signed_in
@require_POST
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """What one button asks: agree, give back, call off, keep the recording's address."""
    found, account, do = _led(request, public_id), account_of(request.user), request.POST.get("do", "")
    if do not in DO:
        raise Http404
    if do in ("agree", "return") and not has_role(account, found.collective, "animator"):
        raise PermissionDenied
    replay, remark = ReplayForm(request.POST), RemarkForm(request.POST)
    wrong = not replay.is_valid() if do == "replay" else not remark.is_valid()
    if wrong:
        context = {**page_context(request, found), "replay": replay, "remark": remark}
        return render(request, "programme/workshop.html", context, status=422)
    now = timezone.now()
    try:
        if do == "agree":
            actions.agree_workshop(found, account, revision=version_read(request), now=now)
            messages.success(request, _("Agreed: everybody sees it and can take a place."))
        elif do == "return":
            actions.return_workshop(found, remark.cleaned_data["remark"], account, now=now)
            messages.success(request, _("Given back, with your word."))
        elif do == "call_off":
            actions.call_off_workshop(found, remark.cleaned_data["remark"], account, now=now)
            messages.success(request, _("Called off. Whoever had a place or waited for one is told."))
        else:
            actions.keep_replay(found, replay.cleaned_data["replay"], now=now)
            messages.success(request, _("Kept. Whoever had a place is told where to watch it."))
    except ChangedMeanwhile:
        messages.warning(request, CHANGED)
    except WrongMove:
        messages.warning(request, _("Nothing was done: somebody else was faster. This is how it stands now."))
    return redirect(found)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who has a place; once it has begun, who came."""
    found = _led(request, public_id)
    held = list(taking_part(found))
    form = AttendanceForm(request.POST or None, registrations=held)
    begun = found.starts_at <= timezone.now()
    if request.method == "POST" and begun and form.is_valid():
        actions.mark_attendance(found, form.cleaned_data["came"], now=timezone.now())
        messages.success(request, _("Noted."))
        return redirect("programme:attendance", found.public_id)
    context = {"workshop": found, "collective": found.collective, "held": held, "form": form, "begun": begun}
    return render(request, "programme/attendance.html", context, status=422 if form.errors else 200)


def _empty(collective: Collective, account: Account) -> Workshop:
    return Workshop(
        collective=collective, host=account, host_name=account.name, language=account.language, places=30
    )


def _kept_words(kept: Workshop) -> str:
    if kept.state == "agreed":
        return _("Everybody sees it and can take a place.")
    return _("Thank you! An animator looks at it, and a mail tells you.")


def _clocks(collective: Collective) -> str:
    return clocks_words(ZoneInfo(collective.time_zone))


def _written(request: HttpRequest, form: WorkshopForm, found: Workshop) -> HttpResponse:
    context = {
        "form": form,
        "workshop": found,
        "collective": found.collective,
        "clocks": _clocks(found.collective),
    }
    return render(request, "programme/write.html", context, status=422 if form.errors else 200)


def _led(request: HttpRequest, public_id: str) -> Workshop:
    found: Workshop = seen(request, public_id)
    if not may_lead(request.user, found):
        raise PermissionDenied
    return found
