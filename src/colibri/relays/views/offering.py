"""Lending an account, changing the terms, leaving."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from colibri.common.doors import signed_in
from colibri.people.models import Collective, Identity
from colibri.people.queries import account_of, identities_of
from colibri.relays.actions.offers import end_offer, make_offer
from colibri.relays.forms import OfferForm
from colibri.relays.models import Offer
from colibri.relays.queries import offer_of

__all__ = ["leave", "offer"]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, slug: str) -> HttpResponse:
    """The standing offer of one of the person's accounts; POST makes or changes it."""
    collective = get_object_or_404(Collective, slug=slug)
    own = [one for one in identities_of(account_of(request.user)) if one.connected]
    context = {"collective": collective, "connect": f"{reverse('people:identities')}?next={request.path}"}
    chosen = _chosen(request, own)
    if chosen is None:
        return render(request, "relays/offer.html", context)
    found = offer_of(chosen, collective)
    form = OfferForm(request.POST or None, offer=found)
    if request.method == "POST" and form.is_valid():
        make_offer(chosen, collective, by="page", now=timezone.now(), **form.terms)
        messages.success(request, _("Thank you! Your offer stands."))
        return redirect(f"{request.path}?identity={chosen.pk}")
    standing = found.pk is not None and found.ended_at is None
    context |= {"identities": own, "chosen": chosen, "form": form, "offer": found, "standing": standing}
    return render(request, "relays/offer.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def leave(request: HttpRequest, slug: str, identity: int) -> HttpResponse:
    """End an offer and, if the person wants it, take back all that stands."""
    own = identities_of(account_of(request.user)).filter(pk=identity)
    found = get_object_or_404(Offer, collective__slug=slug, identity__in=own, ended_at=None)
    undone = end_offer(found, undo=bool(request.POST.get("undo")), by="page", now=timezone.now())
    words = _("Your account is yours alone again. Thank you for all you gave!")
    if undone:
        words += " " + ngettext(
            "%(count)d boost is being taken back.", "%(count)d boosts are being taken back.", undone
        ) % {"count": undone}
    messages.success(request, words)
    return redirect("relays:offer", slug=slug)


def _chosen(request: HttpRequest, own: list[Identity]) -> Identity | None:
    """The account asked for, else the first; None where none is connected."""
    wanted = request.POST.get("identity") or request.GET.get("identity") or ""
    return next((one for one in own if str(one.pk) == wanted), own[0] if own else None)
