"""Who is heard: the ranking of those who agreed, how it is reckoned, and the way in and out."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from colibri.common.doors import signed_in
from colibri.compute.ranking import INSIDE_MOST, INSIDE_WEIGHT, LEVEL
from colibri.people.models import Account, Collective
from colibri.people.queries import may_act
from colibri.showcase import actions
from colibri.showcase.actions.ranking import PURPOSE
from colibri.showcase.queries import may_be_ranked, standings

__all__ = ["being_ranked", "heard"]

PER = 1_000
"""Rates are told for so many followers."""


@require_safe
def heard(request: HttpRequest, slug: str) -> HttpResponse:
    """The ranking and its explanation."""
    collective = get_object_or_404(Collective, slug=slug)
    account = request.user if isinstance(request.user, Account) else None
    rows = standings(collective, now=timezone.now())
    context = {
        "collective": collective,
        "rows": [
            (one, *(round(PER * (value or 0), 2) for value in (one.rate, one.low, one.high))) for one in rows
        ],
        "alike": len(rows) > 1 and len({one.place for one in rows}) == 1,
        "agreed": account is not None and may_act(collective, PURPOSE, account=account, identity=None),
        "may": account is not None and may_be_ranked(account),
        "level": round(100 * LEVEL),
        "weight": round(1 / INSIDE_WEIGHT),
        "most": round(100 * INSIDE_MOST),
    }
    return render(request, "showcase/heard.html", context)


@signed_in
@require_POST
def being_ranked(request: HttpRequest, slug: str) -> HttpResponse:
    """Agree to be ranked, or no longer."""
    collective = get_object_or_404(Collective, slug=slug)
    account = request.user
    if not isinstance(account, Account):
        raise PermissionDenied
    if not request.POST.get("agree"):
        actions.be_ranked_no_more(account, collective, by="page", now=timezone.now())
        messages.success(request, _("You are ranked no more, and what was kept for it is erased."))
    elif may_be_ranked(account):
        actions.be_ranked(account, collective, by="page", now=timezone.now())
        messages.success(request, _("Thank you! You appear once your posts have been listened to."))
    else:
        messages.warning(request, _("Connect an account on a network first: that is what is listened to."))
    return redirect("showcase:heard", slug)
