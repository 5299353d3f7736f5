"""An animator's pages about the collective itself: its rules and hours, and who animates it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from colibri.common.doors import signed_in
from colibri.people.actions import LastAnimator, add_animator, change_collective, end_animator
from colibri.people.forms import AnimatorForm, CollectiveForm
from colibri.people.models import Collective
from colibri.people.queries import animators_of, collective_animated

__all__ = ["animator", "end_animating", "running"]


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def running(request: HttpRequest, slug: str) -> HttpResponse:
    """The collective's words, rules and hours; POST changes them."""
    collective = collective_animated(request.user, slug)
    form = CollectiveForm(request.POST or None, instance=collective)
    if request.method == "POST" and form.is_valid():
        change_collective(form.instance, form.charter)
        messages.success(request, _("Kept. The rules count for every message read from now on."))
        return redirect("people:running", slug)
    return _page(request, slug, form, AnimatorForm())


@never_cache
@signed_in
@require_POST
def animator(request: HttpRequest, slug: str) -> HttpResponse:
    """One animator more."""
    collective = collective_animated(request.user, slug)
    form = AnimatorForm(request.POST)
    if not form.is_valid():
        return _page(request, slug, CollectiveForm(instance=collective), form)
    add_animator(collective, form.cleaned_data["email"], now=timezone.now())
    messages.success(request, _("They can sign in with this address now; a mail tells them."))
    return redirect("people:running", slug)


@never_cache
@signed_in
@require_POST
def end_animating(request: HttpRequest, slug: str, role: int) -> HttpResponse:
    """One animator less, oneself included."""
    collective = collective_animated(request.user, slug)
    found = get_object_or_404(animators_of(collective), pk=role)
    try:
        end_animator(found, now=timezone.now())
    except LastAnimator:
        messages.warning(
            request, _("Nothing was done: a collective needs an animator. Name another one first.")
        )
        return redirect("people:running", slug)
    messages.success(request, _("This person no longer animates the collective. What they did stays."))
    if found.account_id == request.user.pk and not request.user.is_superuser:
        return redirect("home:mine")
    return redirect("people:running", slug)


def _page(request: HttpRequest, slug: str, form: CollectiveForm, more: AnimatorForm) -> HttpResponse:
    # The form writes what was typed into its own instance: the page shows the collective as it stands.
    collective = Collective.objects.get(slug=slug)
    context: dict[str, Any] = {
        "collective": collective,
        "form": form,
        "animator_form": more,
        "animators": animators_of(collective),
    }
    wrong = form.errors or more.errors
    return render(request, "people/running.html", context, status=422 if wrong else 200)
