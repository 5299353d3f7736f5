"""Where a seeker's message went, drawn over days."""

from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from colibri.appeals.models import Appeal
from colibri.appeals.queries import is_author, title_of
from colibri.common.charts import bars_by_day
from colibri.common.doors import signed_in
from colibri.home.queries import journey_of
from colibri.people.queries import has_role

__all__ = ["reach"]


@never_cache
@signed_in
@require_safe
def reach(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who relayed it, when, and how many distinct people could have seen it; for its author and animators."""
    appeal = get_object_or_404(Appeal.objects.select_related("collective", "identity"), public_id=public_id)
    author = is_author(appeal, request.user)
    if not (author or has_role(request.user, appeal.collective, "animator")):
        raise PermissionDenied
    with timezone.override(ZoneInfo(appeal.collective.time_zone)):
        journey = journey_of(appeal)
        context = {
            "appeal": appeal,
            "title": title_of(appeal),
            "journey": journey,
            "bars": bars_by_day(journey.by_day),
            "unknown_percent": round(100 * journey.reach.share_unknown),
            "author": author,
        }
        return render(request, "home/reach.html", context)
