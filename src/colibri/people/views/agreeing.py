"""What a person agreed to, and whom they blocked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from colibri.common.doors import signed_in
from colibri.people.actions import block, unblock, withdraw_consent
from colibri.people.forms import BlockForm
from colibri.people.queries import account_of, blocks_of, consents_of
from colibri.people.words import WHAT_STOPS

__all__ = ["blocks", "consents", "end_block", "withdraw"]


@signed_in
@require_http_methods(["GET", "HEAD"])
def consents(request: HttpRequest) -> HttpResponse:
    """Every yes with its history, and each one's way back."""
    lines = [(one, WHAT_STOPS[one.purpose]) for one in consents_of(account_of(request.user))]
    context = {
        "standing": [(one, stops) for one, stops in lines if one.withdrawn_at is None],
        "withdrawn": [one for one, _stops in lines if one.withdrawn_at is not None],
    }
    return render(request, "people/consents.html", context)


@signed_in
@require_POST
def withdraw(request: HttpRequest, consent: int) -> HttpResponse:
    """Take a yes back; what rested on it stops at once."""
    found = get_object_or_404(consents_of(account_of(request.user)), pk=consent)
    if withdraw_consent(
        found.collective,
        found.purpose,
        account=found.account,
        identity=found.identity,
        by="page",
        now=timezone.now(),
    ):
        messages.success(request, _("Your yes is withdrawn, and what rested on it stops."))
    return redirect("people:consents")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def blocks(request: HttpRequest) -> HttpResponse:
    """Whom one does not want to meet; POST adds somebody."""
    account = account_of(request.user)
    form = BlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.identity is not None:
        block(account, form.cleaned_data["collective"], identity=form.identity)
        messages.success(request, _("You will not meet again here."))
        return redirect("people:blocks")
    context = {"blocks": blocks_of(account), "form": form}
    return render(request, "people/blocks.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def end_block(request: HttpRequest, block: int) -> HttpResponse:
    """Let somebody come near again."""
    unblock(get_object_or_404(blocks_of(account_of(request.user)), pk=block))
    return redirect("people:blocks")
