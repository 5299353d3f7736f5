"""How help fares, for animators."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from colibri.common.doors import signed_in
from colibri.helping.faring import faring_of
from colibri.people.queries import collective_animated

__all__ = ["faring"]


@never_cache
@signed_in
@require_safe
def faring(request: HttpRequest, slug: str) -> HttpResponse:
    """Counts of a collective's help: who is ready, who waits, how it ends."""
    collective = collective_animated(request.user, slug)
    context = {"collective": collective, "faring": faring_of(collective, now=timezone.now())}
    return render(request, "helping/faring.html", context)
