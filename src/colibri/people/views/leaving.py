"""What is kept of a person: to take along, and to have erased."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from colibri.common.doors import signed_in
from colibri.people.actions import LastAnimator, belongings, leave
from colibri.people.queries import account_of

__all__ = ["data", "take"]


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def data(request: HttpRequest) -> HttpResponse:
    """Take everything along, or have everything erased; POST erases, with a yes of its own."""
    if request.method != "POST":
        return render(request, "people/data.html")
    if not request.POST.get("sure"):
        messages.warning(request, _("Nothing was erased: tick the box first, for it cannot be undone."))
        return redirect("people:data")
    try:
        leave(account_of(request.user), by="page", now=timezone.now())
    except LastAnimator:
        words = _("Nothing was erased: you alone run a collective. Name somebody else there first.")
        messages.warning(request, words)
        return redirect("people:data")
    logout(request)
    return render(request, "people/gone.html")


@never_cache
@signed_in
@require_safe
def take(request: HttpRequest) -> HttpResponse:
    """Everything kept of the person, as one file of JSON."""
    kept = belongings(account_of(request.user), now=timezone.now())
    answer = JsonResponse(kept, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="colibri-{timezone.localdate()}.json"'
    return answer
