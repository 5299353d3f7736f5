"""What may go wrong between a click and its effect, told as a page that says what to do next."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from colibri.appeals.actions.answers import TooMany
from colibri.appeals.actions.lifecycle import NeedsConsent, OneAlready
from colibri.common.doors import came_from
from colibri.common.signing import BadLink
from colibri.common.states import LIVES, WrongMove
from colibri.networks.errors import NetworkError, Unauthorised
from colibri.people.actions import NotYours

__all__ = ["Problem", "Problems", "problem_of"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What the person reads, and the status that says the same to programs."""

    status: int
    heading: str
    words: str


class Problems:
    """Middleware: an expected exception of a view becomes a page; any other goes on its way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self._get_response(request)
        reads = "text/html" in request.headers.get("Accept", "")
        if answer.status_code == 405 and reads and not answer.content:
            return _no_page(request, answer.headers.get("Allow", ""))
        return answer

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        problem = problem_of(fault)
        if problem is None:
            return None
        context = {"heading": problem.heading, "words": problem.words}
        if not isinstance(fault, BadLink):
            context |= {"back": came_from(request), "back_label": _("Look again")}
        else:
            context |= {"back": reverse("home:index"), "back_label": _("To the first page")}
        return render(request, "common/problem.html", context, status=problem.status)


def _no_page(request: HttpRequest, allowed: str) -> HttpResponse:
    """The address of a button, looked at."""
    known = request.user.is_authenticated
    context = {
        "heading": _("This is no page to look at"),
        "words": _("It is what a button does. Nothing was done: go to the page where the button is."),
        "back": reverse("home:mine" if known else "home:index"),
        "back_label": _("My page") if known else _("To the first page"),
    }
    answer = render(request, "common/problem.html", context, status=405)
    answer["Allow"] = allowed
    return answer


def problem_of(fault: Exception) -> Problem | None:
    """The page an exception becomes, None where it is none that we expect."""
    if isinstance(fault, WrongMove):
        return Problem(
            409,
            _("This has already changed"),
            _("Nothing was done: meanwhile this is “{state}”. Somebody was first, or it is over.").format(
                state=_label(fault)
            ),
        )
    if isinstance(fault, NeedsConsent):
        return Problem(
            409,
            _("Consent is missing"),
            _("The author has not agreed, or agreed no longer. Nothing is relayed without their yes."),
        )
    if isinstance(fault, OneAlready):
        return Problem(
            409,
            _("You already have a message here"),
            _("Each person has one, so that all are seen alike. End the other first: it is on your page."),
        )
    if isinstance(fault, TooMany):
        return Problem(
            429,
            _("That is a lot for one day"),
            _("To protect people from floods there is a limit for each day. Please come back tomorrow."),
        )
    if isinstance(fault, BadLink):
        return Problem(
            410,
            _("This link no longer works"),
            _("It is too old, or it was not copied whole. Nothing was done."),
        )
    if isinstance(fault, NotYours):
        return Problem(
            403,
            _("This account belongs to somebody else here"),
            _("Somebody else here connected it. If it is yours, sign in with the address you used then."),
        )
    if isinstance(fault, DataError) and "NUL" in str(fault):  # PostgreSQL looks for no such text
        return Problem(
            400,
            _("We could not read this"),
            _("Your browser sent something this page does not understand. Nothing was changed."),
        )
    return _of_network(fault)


def _of_network(fault: Exception) -> Problem | None:
    if isinstance(fault, Unauthorised):
        return Problem(
            403,
            _("The network no longer lets Colibri in"),
            _("Please connect the account again on the page of your accounts. Nothing was lost."),
        )
    if isinstance(fault, NetworkError):
        return Problem(
            503,
            _("The network does not answer as it should"),
            _("Nothing was lost. Please try again in a few minutes."),
        )
    return None


def _label(fault: WrongMove) -> str:
    """How people read the state the row is in."""
    name = fault.row._meta.model_name
    life = next((life for life in LIVES if life.name == name), None)
    state = str(getattr(fault.row, "state", ""))
    return str(life.labels[state]) if life else state
