"""What everybody sees of a collective's programme, and one's own way with a cohort."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from colibri.common.doors import signed_in
from colibri.common.states import WrongMove
from colibri.people.models import Account, Collective
from colibri.people.queries import account_of, has_role
from colibri.programme import actions
from colibri.programme.forms import MarkForm
from colibri.programme.models import Cohort
from colibri.programme.queries import (
    cohort_seen_by,
    joinable,
    programmes_of,
    region_name,
    stages_of,
    stands_of,
    walk_of,
)
from colibri.programme.words import STEP_PAGES

__all__ = ["cohort", "join", "mark", "programme"]

FEW = 5
"""Of fewer people than this no number is shown: it would tell who is where."""


@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """A collective's programmes, step by step, with the cohorts one can join."""
    collective = get_object_or_404(Collective, slug=slug)
    found = programmes_of(collective)
    listed = [(one, [(each, region_name(each.region)) for each in one.joinable]) for one in found]
    account = request.user if isinstance(request.user, Account) else None
    runs = account is not None and has_role(account, collective, "animator")
    context = {"collective": collective, "listed": listed, "runs": runs}
    return render(request, "programme/programme.html", context)


@require_safe
def cohort(request: HttpRequest, public_id: str) -> HttpResponse:
    """A cohort: one's own steps for who walks it, how far all are for animators, what it is for others."""
    found = _seen(request, public_id)
    collective, walk = found.programme.collective, walk_of(request.user, found)
    steps = list(found.programme.steps.all())
    stages = stages_of(walk, steps) if walk else []
    account = request.user if isinstance(request.user, Account) else None
    runs = account is not None and has_role(account, collective, "animator")
    pages = {kind: reverse(name, args=[collective.slug]) for kind, name in STEP_PAGES.items()}
    context = {
        "cohort": found,
        "collective": collective,
        "region": region_name(found.region),
        "partners": found.partners.all(),
        "steps": steps,
        "walk": walk,
        "stages": [(one, pages.get(one.step.kind, "")) for one in stages],
        "behind": sum(one.state in ("done", "skipped") for one in stages),
        "stands": stands_of(found, steps) if runs and found.walkers >= FEW else [],
        "runs": runs,
        "few": found.walkers < FEW,
        "joinable": joinable(found, timezone.localdate()),
        "form": MarkForm(),
    }
    return render(request, "programme/cohort.html", context)


@never_cache
@signed_in
@require_POST
def join(request: HttpRequest, public_id: str) -> HttpResponse:
    """Walk with a cohort, or leave it."""
    found, account = _seen(request, public_id), account_of(request.user)
    try:
        if request.POST.get("do") == "leave":
            walk = walk_of(account, found)
            if walk is not None:
                actions.leave_cohort(walk)
                messages.success(
                    request, _("You left it, and what you noted is forgotten. You can come back.")
                )
        else:
            actions.join_cohort(account, found, now=timezone.now())
            messages.success(request, _("Welcome! Begin with whichever step is open."))
    except actions.CohortClosed:
        messages.warning(request, _closed_words(found))
    except actions.CohortFull:
        messages.warning(request, _("Every place is taken. Look at the other cohorts."))
    except WrongMove:
        messages.warning(request, _("You had left it already."))
    return redirect(found)


@never_cache
@signed_in
@require_POST
def mark(request: HttpRequest, public_id: str, step: int) -> HttpResponse:
    """Note a step as done, left out with a word, or before one again."""
    found = _seen(request, public_id)
    walk = walk_of(account_of(request.user), found)
    form = MarkForm(request.POST)
    if walk is None or not form.is_valid():
        raise Http404
    chosen = get_object_or_404(found.programme.steps, pk=step)
    try:
        actions.mark_step(walk, chosen, **form.cleaned_data, now=timezone.now())
        messages.success(request, _("Noted."))
    except actions.CohortClosed:
        messages.warning(request, _closed_words(found))
    except actions.NotOpenYet:
        messages.warning(request, _("This step opens after another one."))
    except WrongMove:
        messages.warning(request, _("You had left it already."))
    return redirect(found)


def _closed_words(found: Cohort) -> str:
    if found.state == "planned":
        return _("This cohort is not open yet.")
    return _("Meanwhile this cohort was closed: what you did in it stays, nothing was added.")


def _seen(request: HttpRequest, public_id: str) -> Cohort:
    found = cohort_seen_by(request.user, public_id)
    if found is None:
        raise Http404
    return found
