"""Taking stock of skills, and the directory of training bodies."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colibri.audiences.queries import tables
from colibri.common.doors import signed_in
from colibri.common.printing import can_print
from colibri.people.models import Account, Collective
from colibri.people.queries import account_of, has_role
from colibri.programme import actions
from colibri.programme.forms import AbilityForm, SkillTableForm, TableForm, read_skills, read_training
from colibri.programme.models import Skill
from colibri.programme.queries import (
    abilities_of,
    families_liked,
    likes_of,
    skills_named,
    trades_close_to,
    training_bodies,
)
from colibri.programme.words import fit_words

__all__ = ["forget_skill", "skill_table", "skills", "training", "training_table"]

AT_ONCE = 20


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def skills(request: HttpRequest, slug: str) -> HttpResponse:
    """What the person can do, and the trades close to it; POST notes more."""
    collective, account = get_object_or_404(Collective, slug=slug), account_of(request.user)
    asked = request.POST.get("q", "") if request.method == "POST" else request.GET.get("q", "")
    found = skills_named(asked)
    form = AbilityForm(request.POST or None, found=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_abilities(account, **form.cleaned_data)
            messages.success(request, _("Noted."))
            return redirect("programme:skills", slug)
        except actions.TooManyAbilities:
            form.add_error(None, _("Two hundred are enough: take some out first."))
    context = {
        "collective": collective,
        "asked": asked,
        "found": found,
        "form": form,
        "mine": abilities_of(account),
        "liked": families_liked(account),
        "answered": bool(likes_of(account)),
        "close": [fit_words(one) for one in trades_close_to(account)],
        "can_print": can_print(),
        "table_is_there": Skill.objects.exists(),
    }
    return render(request, "programme/skills.html", context, status=422 if form.errors else 200)


@never_cache
@signed_in
@require_POST
def forget_skill(request: HttpRequest, slug: str, ability: int) -> HttpResponse:
    """Take one out."""
    actions.forget_ability(get_object_or_404(abilities_of(account_of(request.user)), pk=ability))
    messages.success(request, _("Taken out."))
    return redirect("programme:skills", slug)


@require_safe
def training(request: HttpRequest, slug: str) -> HttpResponse:
    """Training bodies, by region, on wish those open without a diploma."""
    collective = get_object_or_404(Collective, slug=slug)
    regions = [(one.code, one.name) for one in tables().regions]
    region, open_to_all = request.GET.get("region", ""), request.GET.get("diploma") == "no"
    if region and region not in dict(regions):
        raise Http404
    found = training_bodies(collective, region, without_diploma=open_to_all)
    account = request.user if isinstance(request.user, Account) else None
    context = {
        "collective": collective,
        "page": Paginator(found, AT_ONCE).get_page(request.GET.get("page")),
        "regions": regions,
        "names": dict(regions),
        "region": region,
        "open_to_all": open_to_all,
        "keep": f"region={region}&diploma={'no' if open_to_all else ''}",
        "runs": account is not None and has_role(account, collective, "animator"),
    }
    return render(request, "programme/training.html", context)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def training_table(request: HttpRequest, slug: str) -> HttpResponse:
    """A collective's directory from a table: all of it, in the place of the one before, or nothing."""
    collective = get_object_or_404(Collective, slug=slug)
    if not has_role(account_of(request.user), collective, "animator"):
        raise PermissionDenied
    form = TableForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        rows, faults = read_training(form.cleaned_data["table"])
        if not faults:
            number = actions.replace_training(collective, rows)
            messages.success(request, _("The directory has {number} lines now.").format(number=number))
            return redirect("programme:training", slug)
    columns = (
        "nom / name, région / region, vu le / seen on, formations / teaches, ville / town, site, sans diplôme"
    )
    context = {"title": _("Training bodies from a table"), "columns": columns}
    back = reverse("programme:training", args=[slug])
    return _table(request, form, faults, {**context, "collective": collective, "back": back})


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def skill_table(request: HttpRequest) -> HttpResponse:
    """The official table of trades and skills, for the whole installation: its operators alone."""
    if not account_of(request.user).is_superuser:
        raise PermissionDenied
    form = SkillTableForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        rows, faults = read_skills(form.cleaned_data["table"])
        if not faults:
            trades, known = actions.replace_skills(rows)
            said = _("{trades} trades and {skills} skills are known now.")
            messages.success(request, said.format(trades=trades, skills=known))
            return redirect("programme:skill_table")
    context = {"title": _("Trades and skills from a table"), "back": reverse("home:mine") + "?all"}
    return _table(
        request, form, faults, {**context, "columns": "code rome, compétence / skill, métier / trade"}
    )


def _table(request: HttpRequest, form: TableForm, faults: list[str], context: dict[str, Any]) -> HttpResponse:
    if faults:  # what was uploaded stays, where a page can hold it
        form.data = {**request.POST.dict(), "table": form.cleaned_data["table"][:300_000]}
    status = 422 if faults or form.errors else 200
    return render(request, "programme/table.html", {**context, "form": form, "faults": faults}, status=status)
