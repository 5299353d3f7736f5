"""What members chose to show the animators of their collective."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from colibri.common.doors import signed_in
from colibri.conversations import actions
from colibri.conversations.documents import read_statement
from colibri.conversations.models import Report
from colibri.conversations.queries import reports_waiting, shown_name
from colibri.people.queries import collective_animated

__all__ = ["close", "reports"]


@never_cache
@signed_in
@require_safe
def reports(request: HttpRequest, slug: str) -> HttpResponse:
    """Each report with what was shown, for animators."""
    collective = collective_animated(request.user, slug)
    context = {"collective": collective, "reports": [_line(one) for one in reports_waiting(collective)]}
    return render(request, "conversations/reports.html", context)


@never_cache
@signed_in
@require_POST
def close(request: HttpRequest, slug: str, report: int) -> HttpResponse:
    """It was looked at."""
    found = reports_waiting(collective_animated(request.user, slug)).filter(pk=report).first()
    if found is None:
        raise Http404
    actions.close_report(found, now=timezone.now())
    messages.success(request, _("Closed: what was shown to you is forgotten."))
    return redirect("conversations:reports", slug)


def _line(found: Report) -> dict[str, Any]:
    shown = [read_statement(one["body"]) for one in json.loads(str(found.shown))]
    return {
        "report": found,
        "by": shown_name(found.by),
        "about": shown_name(found.about),
        "texts": [str(one.content.get("text", "")) for one in shown],
    }
