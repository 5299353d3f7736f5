"""Organising: programmes and their steps, cohorts, partners and what they gave."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from colibri.common.doors import signed_in
from colibri.common.states import WrongMove
from colibri.people.models import Account, Collective
from colibri.people.queries import account_of, has_role
from colibri.programme import actions
from colibri.programme.forms import CohortForm, GiftForm, PartnerForm, StepForm
from colibri.programme.models import Cohort, Gift, Partner, Programme, Step
from colibri.programme.queries import cohorts_run, gifts_by_kind, partner_seen_by

__all__ = [
    "change_cohort",
    "forget_gift",
    "new_cohort",
    "new_partner",
    "organise",
    "partner",
    "steps",
    "turn",
]

AT_ONCE = 40


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def organise(request: HttpRequest, slug: str) -> HttpResponse:
    """Every programme, cohort and partner; POST makes the programme of six steps."""
    collective = get_object_or_404(Collective, slug=slug)
    _runs(request, collective)
    if request.method == "POST":
        made = actions.make_programme(collective, (get_language() or "fr")[:2])
        messages.success(request, _("Six steps to begin with: put them into your own words."))
        return redirect("programme:steps", made.public_id)
    context = {
        "collective": collective,
        "programmes": Programme.objects.filter(collective=collective),
        "page": Paginator(cohorts_run(collective), AT_ONCE).get_page(request.GET.get("page")),
        "partners": Partner.objects.filter(collective=collective),
    }
    return render(request, "programme/organise.html", context)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def steps(request: HttpRequest, public_id: str) -> HttpResponse:
    """A programme's steps, each with its form; POST keeps, adds or removes one."""
    found = get_object_or_404(Programme.objects.select_related("collective"), public_id=public_id)
    _runs(request, found.collective)
    every = list(found.steps.all())
    by_number = {str(one.pk): one for one in every}
    chosen = by_number.get(request.POST.get("step", "")) or Step(programme=found, position=len(every) + 1)
    wrong: StepForm | None = None
    if request.method == "POST":
        if request.POST.get("do") == "remove" and chosen.pk:
            actions.remove_step(chosen)
            messages.success(request, _("Taken out."))
            return redirect("programme:steps", public_id)
        wrong = StepForm(request.POST, instance=chosen, auto_id=f"id_{chosen.pk or 'new'}_%s")
        if wrong.is_valid():
            actions.change_step(wrong.instance)
            messages.success(request, _("Kept."))
            return redirect("programme:steps", public_id)
    shown = [
        (one, wrong if wrong and one == chosen else StepForm(instance=one, auto_id=f"id_{one.pk}_%s"))
        for one in every
    ]
    new = Step(programme=found, position=len(every) + 1)
    added = wrong if wrong and not chosen.pk else StepForm(instance=new, auto_id="id_new_%s")
    context = {"programme": found, "collective": found.collective, "shown": shown, "added": added}
    return render(request, "programme/steps.html", context, status=422 if wrong else 200)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new_cohort(request: HttpRequest, public_id: str) -> HttpResponse:
    """A new cohort of a programme, prepared before it is opened."""
    found = get_object_or_404(Programme.objects.select_related("collective"), public_id=public_id)
    _runs(request, found.collective)
    return _cohort_written(request, Cohort(programme=found))


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change_cohort(request: HttpRequest, public_id: str) -> HttpResponse:
    """A cohort's days, places and partners."""
    found = _cohort(request, public_id)
    return _cohort_written(request, found)


@never_cache
@signed_in
@require_POST
def turn(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open a cohort, or close it."""
    found, do = _cohort(request, public_id), request.POST.get("do", "")
    try:
        if do == "open":
            actions.open_cohort(found)
            messages.success(request, _("Open: people can join."))
        elif do == "close":
            actions.close_cohort(found, now=timezone.now())
            messages.success(request, _("Closed. What people did in it stays."))
        else:
            raise Http404
    except WrongMove:
        messages.warning(request, _("Nothing was done: somebody else was faster. This is how it stands now."))
    return redirect(found)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new_partner(request: HttpRequest, slug: str) -> HttpResponse:
    """A new partner."""
    collective = get_object_or_404(Collective, slug=slug)
    _runs(request, collective)
    form = PartnerForm(request.POST or None, instance=Partner(collective=collective))
    if request.method == "POST" and form.is_valid():
        kept = actions.change_partner(form.instance)
        messages.success(request, _("Kept."))
        return redirect(kept)
    return _form(request, form, collective, _("A new partner"))


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def partner(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a partner gave, for animators and who speaks for it; animators note more, or change it by POST."""
    account = account_of(request.user)
    found = partner_seen_by(account, public_id)
    if found is None:
        raise Http404
    runs = has_role(account, found.collective, "animator")
    notes = request.method == "POST" and request.POST.get("do") == "note"
    changes = request.method == "POST" and not notes
    if request.method == "POST" and not runs:
        raise PermissionDenied
    name = found.name
    gift = GiftForm(request.POST if notes else None, instance=Gift(partner=found), auto_id="id_gift_%s")
    form = PartnerForm(request.POST if changes else None, instance=found)
    if notes and gift.is_valid():
        actions.note_gift(gift.instance)
    elif changes and form.is_valid():
        actions.change_partner(form.instance)
    if request.method == "POST" and not gift.errors and not form.errors:
        messages.success(request, _("Kept."))
        return redirect("programme:partner", public_id)
    context = {
        "partner": found,
        "name": name,
        "collective": found.collective,
        "sums": gifts_by_kind(found),
        "gifts": found.gifts.all()[:AT_ONCE],
        "cohorts": found.cohorts.all(),
        "runs": runs,
        "gift": gift,
        "form": form,
    }
    return render(
        request, "programme/partner.html", context, status=422 if gift.errors or form.errors else 200
    )


@never_cache
@signed_in
@require_POST
def forget_gift(request: HttpRequest, public_id: str, gift: int) -> HttpResponse:
    """Take a note of a gift back."""
    found = get_object_or_404(Partner.objects.select_related("collective"), public_id=public_id)
    _runs(request, found.collective)
    actions.forget_gift(get_object_or_404(found.gifts, pk=gift))
    messages.success(request, _("Taken out."))
    return redirect(found)


def _cohort_written(request: HttpRequest, found: Cohort) -> HttpResponse:
    form = CohortForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        kept = actions.change_cohort(form.instance)
        actions.lend(kept, list(form.cleaned_data.get("partners") or []))
        messages.success(request, _("Kept."))
        return redirect(kept)
    title = _("Change a cohort") if found.pk else _("A new cohort")
    return _form(request, form, found.programme.collective, title)


def _form(request: HttpRequest, form: "ModelForm[Any]", collective: Collective, title: str) -> HttpResponse:
    context = {"form": form, "collective": collective, "title": title}
    return render(request, "programme/form.html", context, status=422 if form.errors else 200)


def _cohort(request: HttpRequest, public_id: str) -> Cohort:
    found = get_object_or_404(Cohort.objects.select_related("programme__collective"), public_id=public_id)
    _runs(request, found.programme.collective)
    return found


def _runs(request: HttpRequest, collective: Collective) -> None:
    if not isinstance(request.user, Account) or not has_role(request.user, collective, "animator"):
        raise PermissionDenied
