"""Signing in with an account on a network: sent to one's own server, and back."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from colibri.common.origin import knocks
from colibri.common.sealing import Unreadable
from colibri.common.turns import Turns
from colibri.networks import registry
from colibri.networks.errors import Gone, NetworkError, Retryable
from colibri.people.actions import NotYours, begin_sign_in, finish_sign_in, keep_grant
from colibri.people.forms import DoorForm
from colibri.people.models import Account
from colibri.people.queries import collective_run
from colibri.people.views.entering import next_page, too_many

__all__ = ["back", "client_document", "door"]

TRIES_MOST = 20
"""Sign-ins somebody may begin within an hour."""
WAITING = Turns(2)
"""Sign-ins of this process that wait for a server at once: a silent one must not hold all threads."""
OPEN_MOST = 5
"""Sign-ins begun and not ended that one browser may have."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    """Say which account one has; POST sends there."""
    form = DoorForm(request.POST or None)
    if request.method == "POST":
        if knocks(request, "door") > TRIES_MOST:
            return too_many(request)
        wanted = request.POST.get("collective", "")
        if wanted and collective_run(request.user, wanted) is None:
            raise PermissionDenied
        if form.is_valid() and (sent := _send(request, form)):
            return sent
    context = {
        "door": form,
        "next": next_page(request),
        "for_collective": request.POST.get("collective", ""),
    }
    return render(request, "people/door.html", context, status=422 if form.errors else 200)


@never_cache
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """Back from one's server. Only what this browser began can end here, and only once."""
    begun = request.session.get("sign_ins", {}).pop(request.GET.get("state", ""), None)
    if begun is None:
        return _back_to_the_door(
            request, _("This sign-in was not begun in this browser, or it has ended. Try again.")
        )
    request.session.modified = True
    account = request.user if isinstance(request.user, Account) else None
    collective = collective_run(request.user, begun["collective"])
    if begun["collective"] and collective is None:
        raise PermissionDenied
    try:
        identity, owner = finish_sign_in(
            begun["network"], begun["kept"], request.GET.dict(), account=account, collective=collective
        )
    except NotYours:
        words = _("This account is already connected to another person's page here.")
    except Retryable:
        words = _("Your server does not answer just now. Nothing was kept: try again in a while.")
    except (NetworkError, Unreadable):
        words = _("Your server did not confirm that the account is yours, or you said no. Nothing was kept.")
    else:
        if account is None:
            login(request, owner, backend="django.contrib.auth.backends.ModelBackend")
        messages.success(request, _("{handle} is connected. Thank you!").format(handle=identity))
        return redirect(begun["next"] or settings.LOGIN_REDIRECT_URL)
    return _back_to_the_door(request, words)


@require_GET
def client_document(request: HttpRequest) -> HttpResponse:
    """What servers read about this site before anybody signs in there (an OAuth client metadata document)."""
    return JsonResponse(registry.client_document(settings.OAUTH_CLIENT))


def _send(request: HttpRequest, form: DoorForm) -> HttpResponse | None:
    """The page that leads to the person's server, or None with what went wrong beside the field."""
    typed = form.cleaned_data
    try:
        for_collective = bool(request.POST.get("collective"))
        with WAITING.taken():
            grant = begin_sign_in(typed["network"], typed["who"], as_collective=for_collective)
    except Gone:
        form.add_error("who", _("There is no such account or server. Is it written in full?"))
    except Retryable:
        form.add_error("who", _("This server does not answer just now. Try again in a while."))
    except NetworkError:
        form.add_error("who", _("This server does not let its people sign in here. Is it the right network?"))
    else:
        begun = {
            "network": typed["network"],
            "kept": keep_grant(grant),
            "next": next_page(request),
            "collective": request.POST.get("collective", ""),
        }
        earlier = list(request.session.get("sign_ins", {}).items())[1 - OPEN_MOST :]
        request.session["sign_ins"] = {**dict(earlier), grant.state: begun}
        # A redirect would be stopped by our own rule that forms are sent nowhere else.
        return render(request, "people/leaving.html", {"url": grant.url, "host": urlsplit(grant.url).netloc})
    return None


def _back_to_the_door(request: HttpRequest, words: str) -> HttpResponse:
    messages.warning(request, words)
    return redirect("people:identities" if request.user.is_authenticated else "people:door")
