"""A month or a year told on one page: to read, as a table for a spreadsheet, and to print."""

import csv
import io
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colibri.common.charts import Bar, bars_of
from colibri.common.printing import can_print, print_page
from colibri.impact.charts import span_of
from colibri.impact.queries.open_data import COLUMNS, open_rows
from colibri.impact.queries.report import Report, report_of
from colibri.people.models import Collective

__all__ = ["report"]

KEPT_SECONDS = 3_600


@require_safe
def report(request: HttpRequest, slug: str, period: str, form: str = "html") -> HttpResponse:
    """`period` is a year or a month, `form` is html, csv or pdf."""
    collective = get_object_or_404(Collective, slug=slug)
    with timezone.override(ZoneInfo(collective.time_zone)):
        found = report_of(collective, period)
        if found is None or form not in ("html", "csv", "pdf"):
            raise Http404
        if form == "csv":
            return _table(found)
        if form == "pdf":
            return _print(request, found)
        return render(request, "impact/report.html", {**_context(found), "can_print": can_print()})


def _context(found: Report) -> dict[str, object]:
    return {
        "report": found,
        "collective": found.collective,
        "span": span_of(found.headline) if found.headline else None,
        "months": _months(found),
    }


def _months(found: Report) -> list[Bar]:
    """Searches of each month, or of months told together; no drawing of a single one."""
    if len(found.searches) < 2:
        return []
    return bars_of([(date_format(last, "m/Y"), number) for _first, last, number in found.searches])


def _table(found: Report) -> HttpResponse:
    """The rows of open data that this period's editions told."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for row in open_rows(found.collective, editions=found.editions):
        writer.writerow([row[column] for column in COLUMNS])
    answer = HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.collective.slug}-{found.period}.csv"'
    return answer


def _print(request: HttpRequest, found: Report) -> HttpResponse:
    """A tagged PDF, made once an hour at most."""
    if not can_print():
        words = _("This installation cannot make PDF files: whoever runs it can add them with colibri[pdf].")
        return HttpResponse(words, status=501, content_type="text/plain; charset=utf-8")
    key = f"impact.pdf.{found.collective.pk}.{found.period}.{translation.get_language()}"
    made = cache.get(key)
    if made is None:
        made = print_page(render_to_string("impact/report_print.html", _context(found), request))
        cache.set(key, made, KEPT_SECONDS)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.collective.slug}-{found.period}.pdf"'
    return answer
