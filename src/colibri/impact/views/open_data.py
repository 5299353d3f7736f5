"""Figures as open data: the same rows as CSV and as JSON, with what each column means."""

import csv
import io

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from colibri.impact.queries.open_data import COLUMNS, DICTIONARY, open_rows
from colibri.people.models import Collective

__all__ = ["open_data"]

LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
"""Licence Ouverte 2.0: everybody may use the figures and says where they are from."""


@require_safe
def open_data(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Every figure told so far; `form` is csv, json, or dictionary.csv."""
    collective = get_object_or_404(Collective, slug=slug)
    if form == "csv":
        rows = ([row[column] for column in COLUMNS] for row in open_rows(collective))
        answer = _table([COLUMNS, *rows], f"{slug}.csv")
    elif form == "dictionary.csv":
        answer = _table([("column", "meaning"), *((name, str(DICTIONARY[name])) for name in COLUMNS)], form)
    elif form == "json":
        answer = JsonResponse(
            {
                "collective": collective.name,
                "source": settings.SITE_URL + reverse("impact:open_data", args=[slug, "json"]),
                "licence": LICENCE,
                "dictionary": {name: str(DICTIONARY[name]) for name in COLUMNS},
                "rows": list(open_rows(collective)),
            }
        )
    else:
        raise Http404
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _table(rows: list[object], name: str) -> HttpResponse:
    written = io.StringIO()
    csv.writer(written).writerows(rows)  # type: ignore[arg-type]
    answer = HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
