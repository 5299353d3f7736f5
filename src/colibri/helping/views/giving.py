"""A helper's pages: what they give, one request from the mail, whether they are still here."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from colibri.common.doors import signed_in
from colibri.common.signing import BadLink, read_token
from colibri.common.states import WrongMove
from colibri.helping import actions
from colibri.helping.forms import GivingForm
from colibri.helping.models import Giving, Proposal
from colibri.helping.queries import giving_of, proposal_of_link
from colibri.helping.words import reason_words
from colibri.people.models import Collective
from colibri.people.queries import account_of

__all__ = ["answer_proposal", "give", "here", "tap"]

TAP_LASTS = timedelta(days=14)
HERE_LASTS = timedelta(days=365)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, slug: str) -> HttpResponse:
    """What I can give in a collective; rest, come back, leave."""
    collective = get_object_or_404(Collective, slug=slug)
    account = account_of(request.user)
    giving = giving_of(account, collective)
    do = request.POST.get("do", "")
    if do and giving is not None:
        _do(request, giving, do)
        return redirect("helping:give", slug)
    form = GivingForm(request.POST or None, giving=giving)
    if request.method == "POST" and form.is_valid():
        actions.give_help(account, collective, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Thank you! When somebody could use your hand, a mail asks you."))
        return redirect("helping:mine")
    context = {"collective": collective, "giving": giving, "form": form}
    return render(request, "helping/give.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tap(request: HttpRequest, token: str) -> HttpResponse:
    """Yes or no to one request from the mail, without signing in: the link is for this request alone."""
    found = proposal_of_link(read_token("help", token, lasts=TAP_LASTS))
    if found is None:
        raise BadLink("help")
    if request.method == "POST":
        answer_proposal(request, found, request.POST.get("do", ""))
        return redirect("helping:tap", token=token)
    free = found.state == "open" or (
        found.state == "silent" and found.request.state in ("waiting", "offered")
    )
    context = {"proposal": found, "one": found.request, "why": reason_words(found.reasons), "free": free}
    return render(request, "helping/tap.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def here(request: HttpRequest, token: str) -> HttpResponse:
    """I am here, or I rest: from the mail, without signing in."""
    number = read_token("helper", token, lasts=HERE_LASTS)
    found = Giving.objects.filter(pk=number, account__is_active=True).select_related("collective").first()
    if found is None:
        raise BadLink("helper")
    if request.method == "POST":
        _do(request, found, request.POST.get("do", ""))
        return redirect("helping:here", token=token)
    return render(request, "helping/here.html", {"giving": found})


def answer_proposal(request: HttpRequest, proposal: Proposal, do: str) -> None:
    """Say yes or no, and tell on the page that follows how it went."""
    now = timezone.now()
    try:
        if do == "accept":
            actions.accept_request(proposal, now=now)
            messages.success(
                request, _("Thank you! They are told that you help. Write the first words within two days.")
            )
        elif do == "decline":
            actions.decline_request(proposal, now=now)
            messages.success(request, _("Noted, and no harm done: somebody else is asked."))
        else:
            messages.error(request, _("Nothing was done: please choose again."))
    except actions.FasterOne:
        messages.warning(
            request, _("Somebody else said yes a moment before, or it is no longer needed. Thank you!")
        )
    except WrongMove:
        messages.warning(request, _("Nothing was done: meanwhile this had changed."))


def _do(request: HttpRequest, giving: Giving, do: str) -> None:
    now = timezone.now()
    try:
        if do == "pause":
            actions.pause_giving(giving, now=now)
            messages.success(request, _("Rest well. What was open goes to others."))
        elif do == "resume":
            actions.resume_giving(giving, now=now)
            messages.success(request, _("Good to have you here!"))
        elif do == "end":
            actions.end_giving(giving, now=now)
            messages.success(request, _("You are asked nothing more. Thank you for all you gave!"))
        else:
            messages.error(request, _("Nothing was done: please choose again."))
    except WrongMove:
        messages.warning(request, _("Nothing was done: meanwhile this had changed."))
