"""A mentorship's page, for the two: rhythm, end, next steps."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from colibri.common.doors import signed_in
from colibri.common.states import WrongMove
from colibri.conversations.queries import shown_name
from colibri.helping import actions
from colibri.helping.forms import StepForm, TermsForm
from colibri.helping.models import Mentorship
from colibri.helping.queries import helper_of, mentorship_of, request_seen_by
from colibri.people.models import Account
from colibri.people.queries import account_of

__all__ = ["mentorship"]


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def mentorship(request: HttpRequest, public_id: str) -> HttpResponse:
    """What for, how often, until when, what comes next; POST agrees on terms, writes or finishes a step."""
    account = account_of(request.user)
    asked = request_seen_by(account, public_id)
    found = mentorship_of(asked) if asked is not None else None
    if asked is None or found is None:
        raise Http404
    if account not in (asked.account, helper_of(asked)):
        raise PermissionDenied
    with timezone.override(ZoneInfo(asked.collective.time_zone)):
        today, do = timezone.localdate(), request.POST.get("do", "")
        kept = {"aim": found.aim, "rhythm": found.rhythm, "ends_on": found.ends_on}
        terms = TermsForm(request.POST if do == "terms" else None, initial=kept, today=today)
        step = StepForm(request.POST if do == "step" else None)
        if request.method == "POST" and _done(request, found, account, do, terms, step):
            return redirect("helping:mentorship", public_id)
        context: dict[str, Any] = {
            "one": asked,
            "mentorship": found,
            "steps": list(found.steps.all()),
            "open": found.state != "over",
            "terms": terms,
            "form": step,
            "other": _other(found, account),
        }
        wrong = terms.errors or step.errors
        return render(request, "helping/mentorship.html", context, status=422 if wrong else 200)


def _other(found: Mentorship, account: Account) -> str:
    helper = helper_of(found.request)
    other = helper if account == found.request.account else found.request.account
    return shown_name(other) if other is not None else ""


def _done(
    request: HttpRequest, found: Mentorship, account: Account, do: str, terms: TermsForm, step: StepForm
) -> bool:
    """Whether it was done, or refused for good; what was typed wrongly is shown again."""
    now = timezone.now()
    try:
        if do == "terms":
            if not terms.is_valid():
                return False
            actions.agree_terms(found, **terms.cleaned_data, now=now)
            messages.success(request, _("Agreed. Both of you are asked half way and at the end."))
        elif do == "step":
            if not step.is_valid():
                return False
            actions.add_step(found, account, step.cleaned_data["step"], now=now)
            messages.success(request, _("On the list."))
        elif do.startswith("done.") and do[5:].isdecimal() and len(do) < 20:
            actions.finish_step(get_object_or_404(found.steps, pk=int(do[5:])), now=now)
            messages.success(request, _("Done, well done!"))
        else:
            messages.error(request, _("Nothing was done: please choose again."))
    except WrongMove:
        messages.warning(request, _("Nothing was done: it is over."))
    return True
