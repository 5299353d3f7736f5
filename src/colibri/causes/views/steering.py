"""Beginning a cause, changing its words, and what is done with it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from colibri.causes import actions
from colibri.causes.forms import CauseForm, EndForm
from colibri.causes.models import Cause
from colibri.causes.queries import OPEN, cause_named, may_steer
from colibri.common.doors import signed_in
from colibri.common.states import WrongMove
from colibri.people.models import Account, Collective
from colibri.people.queries import account_of

__all__ = ["begin", "decide", "write"]


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """A new cause; POST makes its private group."""
    collective = get_object_or_404(Collective, slug=slug)
    form = CauseForm(request.POST or None, initial={"name": getattr(request.user, "name", "")})
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Account):
        try:
            made = actions.begin_cause(collective, request.user, **form.cleaned_data, now=timezone.now())
        except actions.TooManyCauses:
            form.add_error(None, _("You have three open causes: end one before you begin another."))
        else:
            messages.success(
                request, _("Nobody sees it but your group. Invite those you trust with your link.")
            )
            return redirect("causes:group", made.appeal.public_id)
    context = {"form": form, "collective": collective, "cause": None}
    return render(request, "causes/write.html", context, status=422 if form.errors else 200)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change its words or its date."""
    found = _steered(request, public_id)
    form = CauseForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        fresh = _steered(request, public_id)  # the form has changed the one it was given
        if actions.change_cause(fresh, account_of(request.user), **form.cleaned_data, now=timezone.now()):
            messages.success(request, _("Kept. This is how it reads."))
            return redirect(found)
        messages.success(request, _("Kept. Your words stand on the page once an animator has read them."))
        return redirect("causes:group", public_id)
    context = {"form": form, "collective": found.appeal.collective, "cause": found}
    return render(request, "causes/write.html", context, status=422 if form.errors else 200)


@never_cache
@signed_in
@require_POST
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """What one button asks: make it public, tell how it ended, take it back."""
    found, now = _steered(request, public_id), timezone.now()
    do, own = request.POST.get("do", ""), found.appeal.account == request.user
    if do in ("publish", "give_up") and not own:
        raise PermissionDenied
    try:
        if do == "publish":
            actions.publish_cause(found, by="page", now=now)
            messages.success(
                request, _("An animator looks at it; then it is public, and relayed with the next plan.")
            )
        elif do == "end":
            form = EndForm(request.POST)
            if not form.is_valid():
                messages.warning(request, _("Say how it ended: saved, postponed or lost."))
                return redirect(found)
            actions.tell_end(found, **form.cleaned_data, by="page", now=now)
            messages.success(request, _("Told. Everybody who carried it hears of it."))
        elif do == "give_up":
            actions.give_up_cause(found, by="page", now=now)
            messages.success(request, _("Taken back: nobody sees it any more."))
            return redirect(found.appeal.collective)
        else:
            raise Http404
    except WrongMove:
        messages.warning(request, _("Nothing was done: somebody else was faster. This is how it stands now."))
    return redirect(found)


def _steered(request: HttpRequest, public_id: str) -> Cause:
    found = cause_named(public_id)
    if found is None or found.appeal.state not in OPEN:
        raise Http404
    if not may_steer(found, request.user):
        raise PermissionDenied
    return found
