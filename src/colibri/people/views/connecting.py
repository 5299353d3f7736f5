"""Connecting one's accounts on networks, and taking them back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from colibri.common.doors import signed_in
from colibri.common.origin import knocks
from colibri.networks.errors import Gone, NetworkError, Retryable, Unauthorised
from colibri.people.actions import NotYours, connect_identity, disconnect_identity
from colibri.people.forms import ConnectForm, DoorForm
from colibri.people.models import Account, Identity
from colibri.people.queries import account_of, identities_of
from colibri.people.views.entering import next_page, too_many

__all__ = ["disconnect", "identities"]

TRIES_MOST = 12
"""Guessing somebody's app password through us must stay hopeless: so many tries an hour for each account."""


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def identities(request: HttpRequest) -> HttpResponse:
    """A person's accounts on networks; POST connects one."""
    form = ConnectForm(request.POST or None)
    if request.method == "POST":
        if knocks(request, "connect") > TRIES_MOST:
            return too_many(request)
        if form.is_valid() and (identity := _connect(account_of(request.user), form)):
            messages.success(request, _("{handle} is connected. Thank you!").format(handle=identity))
            return redirect(next_page(request) or "people:identities")
    context = {
        "identities": identities_of(account_of(request.user)),
        "form": form,
        "door": DoorForm(),
        "next": next_page(request),
    }
    return render(request, "people/identities.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def disconnect(request: HttpRequest, identity: int) -> HttpResponse:
    """Forget what lets Colibri act for an account."""
    found = get_object_or_404(Identity, pk=identity, account=request.user)
    disconnect_identity(found)
    messages.success(request, _("Colibri can do nothing more for {handle}.").format(handle=found))
    return redirect("people:identities")


def _connect(account: Account, form: ConnectForm) -> Identity | None:
    """The connected identity, or None with what went wrong beside the field where it did."""
    typed = form.cleaned_data
    try:
        return connect_identity(
            typed["network"], typed["handle"], typed["secret"], server=typed["server"], account=account
        )
    except NotYours:
        form.add_error("handle", _("This account is already connected to another person's page here."))
    except Unauthorised:
        form.add_error(
            "secret",
            _("The network does not accept this handle with this app password. Check both, or make another."),
        )
    except Gone:
        form.add_error("handle", _("The network knows no such account. Is it written in full?"))
    except Retryable:
        form.add_error(
            None, _("The network does not answer just now. Nothing was kept: try again in a while.")
        )
    except NetworkError:
        form.add_error(None, _("The network refused. Is the handle, or the server, written as it should be?"))
    return None
