"""A relay's messages of today, and what they do with each: on the page, or from the mail."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from colibri.appeals.queries import title_of
from colibri.common.doors import signed_in
from colibri.common.signing import BadLink, read_token
from colibri.common.states import WrongMove
from colibri.networks.errors import Unauthorised
from colibri.people.actions import block
from colibri.people.queries import account_of, identities_of
from colibri.relays.actions.boosts import accept_boost, decline_boost, undo_one
from colibri.relays.forms import DecisionForm
from colibri.relays.models import Boost
from colibri.relays.queries import boost_of_link, people_helped, standing_offers, texts_of, todays_boosts

__all__ = ["decide", "tap", "today"]

TAP_LASTS = timedelta(days=3)
WAITING, GIVEN = ("planned", "offered"), ("giving", "given")


@signed_in
@require_http_methods(["GET", "HEAD"])
def today(request: HttpRequest) -> HttpResponse:
    """The day's few messages."""
    account = account_of(request.user)
    boosts = sorted(todays_boosts(account), key=_turn)
    offers = list(standing_offers(account))
    zone = ZoneInfo(offers[0].collective.time_zone) if offers else timezone.get_current_timezone()
    with timezone.override(zone):
        context = {
            "lines": _lines(boosts),
            "waiting": sum(boost.state in WAITING for boost in boosts),
            "given": sum(boost.state in GIVEN for boost in boosts),
            "helped": people_helped(account),
            "offers": offers,
            "resting": [
                one for one in offers if one.paused_until and one.paused_until >= timezone.localdate()
            ],
            "refused": [one for one in identities_of(account) if one.refused_at],
            "declines": Boost.DECLINES,
        }
        return render(request, "relays/today.html", context)


def _turn(boost: Boost) -> int:
    """What waits comes first, then what stands, then what is over."""
    return 0 if boost.state in WAITING else 1 if boost.state in GIVEN else 2


@signed_in
@require_POST
def decide(request: HttpRequest, boost: int) -> HttpResponse:
    """Do what the relay chose for one message."""
    own = Boost.objects.select_related("offer__identity", "offer__collective", "appeal", "publication")
    found = get_object_or_404(own, pk=boost, offer__identity__account=request.user)
    _decide(request, found)
    return redirect("relays:today")


@require_http_methods(["GET", "HEAD", "POST"])
def tap(request: HttpRequest, token: str) -> HttpResponse:
    """One message from the mail, without signing in: the link is for this boost alone."""
    found = boost_of_link(read_token("boost", token, lasts=TAP_LASTS))
    if found is None:
        raise BadLink("boost")
    if request.method == "POST":
        _decide(request, found, may=("give", "decline"))
        return redirect("relays:tap", token=token)
    with timezone.override(ZoneInfo(found.offer.collective.time_zone)):
        context = {"line": _lines([found])[0], "declines": Boost.DECLINES}
        return render(request, "relays/tap.html", context)


def _lines(boosts: list[Boost]) -> list[dict[str, Any]]:
    texts = texts_of(boosts)
    return [
        {
            "boost": boost,
            "text": texts[boost.pk],
            "open": boost.state in ("planned", "offered"),
            "at": boost.due_at if boost.state == "planned" and boost.offer.automatic else None,
        }
        for boost in boosts
    ]


def _decide(
    request: HttpRequest, boost: Boost, may: tuple[str, ...] = ("give", "decline", "undo", "block")
) -> None:
    """Give, decline, undo or block, and say how it went on the page that follows."""
    form = DecisionForm(request.POST)
    chosen = form.cleaned_data["do"] if form.is_valid() else ""
    if chosen not in may:
        messages.error(request, _("Nothing was done: please choose again."))
        return
    try:
        words = _do(boost, chosen, form.cleaned_data["why"] or "not_this_one")
    except WrongMove:
        messages.warning(
            request, _("Nothing was done: meanwhile this had changed. Here is how it stands now.")
        )
    except Unauthorised:
        messages.error(
            request, _("Your network no longer lets Colibri in: please connect your account again.")
        )
    else:
        messages.success(request, words)


def _do(boost: Boost, chosen: str, why: str) -> str:
    if chosen == "give":
        accept_boost(boost, now=timezone.now())
        return _("Thank you! Your boost is on its way.")
    if chosen == "decline":
        decline_boost(boost, why)
        return _("Noted. The next days will take it into account.")
    if chosen == "undo":
        undo_one(boost, now=timezone.now())
        return _("Your boost is being taken back.")
    _block(boost)
    return _("This person's messages will not be proposed to you again.")


def _block(boost: Boost) -> None:
    account, appeal = boost.offer.identity.account, boost.appeal
    if account is not None:
        block(
            account,
            boost.offer.collective,
            identity=appeal.identity,
            person=appeal.account,
            known_as=title_of(appeal),
        )
    if boost.state in ("planned", "offered"):
        decline_boost(boost, "not_this_one")
