"""Where a seeker's message went, drawn over days."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from colibri.appeals.models import Appeal
from colibri.appeals.queries import is_author, title_of
from colibri.common.doors import signed_in
from colibri.home.queries import journey_of
from colibri.people.queries import has_role

__all__ = ["Bar", "bars_of", "reach"]

WIDTH, HEIGHT, TOP, BASE = 360, 200, 24, 172
WIDEST = 44.0
NAMED_MOST = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One day in the drawing's own units: x, y, width and height of its bar, and the middle for its words."""

    day: date
    people: int
    x: float
    y: float
    width: float
    height: float
    middle: float
    named: bool


def bars_of(by_day: list[tuple[date, int]]) -> list[Bar]:
    """Days as bars whose heights are in proportion to people; at most six are named below."""
    most = max((people for _day, people in by_day), default=0) or 1
    step = WIDTH / max(len(by_day), 1)
    width = min(step * 0.7, WIDEST)
    every = -(-len(by_day) // NAMED_MOST) if by_day else 1
    bars = []
    for number, (day, people) in enumerate(by_day):
        height = (BASE - TOP) * people / most
        middle = step * (number + 0.5)
        last = number == len(by_day) - 1
        bars.append(
            Bar(
                day,
                people,
                round(middle - width / 2, 1),
                round(BASE - height, 1),
                round(width, 1),
                round(height, 1),
                round(middle, 1),
                last or ((len(by_day) - 1 - number) % every == 0),
            )
        )
    return bars


@never_cache
@signed_in
@require_safe
def reach(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who relayed it, when, and how many distinct people could have seen it; for its author and animators."""
    appeal = get_object_or_404(Appeal.objects.select_related("collective", "identity"), public_id=public_id)
    author = is_author(appeal, request.user)
    if not (author or has_role(request.user, appeal.collective, "animator")):  # type: ignore[arg-type]
        raise PermissionDenied
    with timezone.override(ZoneInfo(appeal.collective.time_zone)):
        journey = journey_of(appeal)
        context = {
            "appeal": appeal,
            "title": title_of(appeal),
            "journey": journey,
            "bars": bars_of(journey.by_day),
            "unknown_percent": round(100 * journey.reach.share_unknown),
            "author": author,
        }
        return render(request, "home/reach.html", context)
