"""What an animator corrects of a reading, before they decide."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from colibri.appeals.actions.lifecycle import correct_appeal
from colibri.appeals.forms import ReadingForm
from colibri.appeals.models import Appeal
from colibri.appeals.queries import trades
from colibri.common.doors import signed_in
from colibri.people.queries import has_role

__all__ = ["correct"]


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, public_id: str) -> HttpResponse:
    """Kind, trade, place and contracts as an animator reads them; only of what waits for their decision."""
    appeal = get_object_or_404(Appeal.objects.select_related("collective"), public_id=public_id)
    if not has_role(request.user, appeal.collective, "animator"):
        raise PermissionDenied
    if appeal.kind != "search" or appeal.state != "submitted":
        raise Http404
    form = ReadingForm(request.POST or None, appeal=appeal)
    if request.method == "POST" and form.is_valid():
        correct_appeal(appeal, form.changes)
        messages.success(request, _("Corrected. The decision is still yours."))
        return redirect("home:day", appeal.collective.slug)
    newest = appeal.messages.order_by("-version").first()
    context = {
        "appeal": appeal,
        "form": form,
        "text": newest.text if newest else "",
        "reading": appeal.understood,
        "trades": trades(),
    }
    return render(request, "appeals/correct.html", context, status=422 if form.errors else 200)
