"""One tap from a mail or a note: what became of my search. The link is for this search alone."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from colibri.appeals.queries import title_of
from colibri.common.signing import BadLink, read_token
from colibri.common.states import WrongMove
from colibri.impact.actions import add_details, choose_channel, hear_sign, stop_asking, tell_outcome
from colibri.impact.forms import TAPS, DetailsForm, TapForm
from colibri.impact.models import FOUND, FollowUp, Outcome
from colibri.impact.queries import follow_up_of_link

__all__ = ["answer"]

LASTS = timedelta(days=180)
"""Longer than the longest wait between two questions."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Seven answers, one tap each; what is known is shown, and can be corrected and added to."""
    found = follow_up_of_link(read_token("follow_up", token, lasts=LASTS))
    if found is None:
        raise BadLink("follow_up")
    with timezone.override(ZoneInfo(found.appeal.collective.time_zone)):
        outcome = Outcome.objects.filter(appeal=found.appeal).select_related("appeal", "through").first()
        details = _details(request, outcome) if outcome is not None else None
        if request.method == "POST":
            if "details" not in request.POST:
                _tap(request, found)
                return redirect("impact:answer", token=token)
            if outcome is not None and details is not None and details.is_valid():
                add_details(outcome, **{"through": None, **details.cleaned_data})
                messages.success(request, _("Thank you, this is kept."))
                return redirect("impact:answer", token=token)
        context = _context(found, token, outcome, details)
        return render(
            request, "impact/answer.html", context, status=422 if details and details.errors else 200
        )


def _details(request: HttpRequest, outcome: Outcome) -> DetailsForm:
    sent = request.POST if "details" in request.POST else None
    known = {
        "since": outcome.happened_on,
        "through": outcome.through_id,
        "word": outcome.word,
        "word_public": outcome.word_public,
    }
    return DetailsForm(sent, initial=known, outcome=outcome, today=timezone.localdate())


def _tap(request: HttpRequest, found: FollowUp) -> None:
    """Do what was tapped, and say it on the page that follows."""
    form = TapForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was done: please choose again."))
        return
    tapped, now = form.cleaned_data["answer"], timezone.now()
    try:
        if tapped == "looking":
            hear_sign(found, now=now)
            messages.success(request, _("Thank you. We keep our fingers crossed, and ask again later."))
        elif tapped == "unsaid":
            stop_asking(found)
            messages.success(request, _("As you like. You are not asked again."))
        elif tapped in dict(FollowUp.CHANNELS):
            choose_channel(found, tapped)
            messages.success(request, _("Noted: this is how we ask from now on."))
        else:
            tell_outcome(found, tapped, now=now)
    except WrongMove:
        messages.warning(
            request, _("Nothing was done: meanwhile this had changed. Here is how it stands now.")
        )


def _context(
    found: FollowUp, token: str, outcome: Outcome | None, details: DetailsForm | None
) -> dict[str, Any]:
    appeal = found.appeal
    both = appeal.account is not None and bool(appeal.account.email) and appeal.identity is not None
    return {
        "follow_up": found,
        "token": token,
        "appeal": appeal,
        "title": title_of(appeal),
        "collective": appeal.collective,
        "outcome": outcome,
        "details": details,
        "found": outcome is not None and outcome.kind in FOUND,
        "taps": [one for one in TAPS if outcome is None or one[0] not in ("looking", "unsaid", outcome.kind)],
        "other_channel": _other_channel(found) if both and found.state == "going" else None,
    }


def _other_channel(found: FollowUp) -> tuple[str, str]:
    value, label = FollowUp.CHANNELS[0 if found.channel == "note" else 1]
    return value, str(label)
