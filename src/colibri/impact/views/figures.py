"""Figures for everybody, how they are made, and what animators see of outcomes."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from colibri.common.charts import bars_by_day
from colibri.common.doors import row_chosen, signed_in
from colibri.impact.actions import show_word
from colibri.impact.charts import span_of
from colibri.impact.models import Outcome
from colibri.impact.queries.dashboard import board_of
from colibri.impact.queries.figures import figures_of
from colibri.impact.queries.report import periods_of, words_waiting
from colibri.people.models import Collective
from colibri.people.queries import collective_run

__all__ = ["dashboard", "figures", "method"]

PERIODS_SHOWN = 14
"""A year's months, and the years they lie in."""


@require_safe
def figures(request: HttpRequest, slug: str) -> HttpResponse:
    """Today's and all-time figures, each with its definition and its history."""
    collective = get_object_or_404(Collective, slug=slug)
    with timezone.override(ZoneInfo(collective.time_zone)):
        found = figures_of(collective, now=timezone.now())
        context: dict[str, Any] = {
            "collective": collective,
            "figures": found,
            "reach": bars_by_day([(one.day, one.reach) for one in found.days]),
            "relayed": bars_by_day([(one.day, one.relayed) for one in found.days]),
            "relays": bars_by_day([(one.day, one.relays) for one in found.days]),
            "span": span_of(found.headline) if found.headline else None,
            "periods": periods_of(collective)[:PERIODS_SHOWN],
        }
        return render(request, "impact/figures.html", context)


@require_safe
def method(request: HttpRequest, slug: str) -> HttpResponse:
    """How the figures are made and what they cannot tell."""
    collective = get_object_or_404(Collective, slug=slug)
    return render(request, "impact/method.html", {"collective": collective})


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def dashboard(request: HttpRequest, slug: str) -> HttpResponse:
    """For animators: what became of searches, by region and trade; words of thanks to be shown or not."""
    collective = collective_run(request.user, slug)
    if collective is None:
        raise Http404
    if request.method == "POST":
        rows = Outcome.objects.filter(appeal__collective=collective, word_public=True)
        word = get_object_or_404(rows, pk=row_chosen(request, "word"))
        show_word(word, request.POST.get("do") == "show", now=timezone.now())
        return redirect("impact:dashboard", slug)
    with timezone.override(ZoneInfo(collective.time_zone)):
        context = {
            "collective": collective,
            "board": board_of(collective, now=timezone.now()),
            "words": words_waiting(collective),
        }
        return render(request, "impact/dashboard.html", context)
