"""No more evening mails: by a person's button, or by a mail program's (RFC 8058)."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from colibri.common.signing import BadLink, read_token
from colibri.people.actions import silence_notice
from colibri.people.queries import account_of_link

__all__ = ["unsubscribe"]

LASTS = timedelta(days=3 * 365)
"""Old mails must still be able to end the new ones."""


@csrf_exempt  # a mail program posts without a cookie; the signed token says whose mails end
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """One button; POST ends the evening's mails for the account of the token."""
    account = account_of_link(read_token("unsubscribe", token, lasts=LASTS))
    if account is None:
        raise BadLink("unsubscribe")
    if request.method == "POST":
        silence_notice(account, "digest")
        context = {
            "heading": _("No more evening mails"),
            "words": _(
                "Your messages still wait for you on your page, where you can ask for the mails again."
            ),
            "back": reverse("relays:today"),
            "back_label": _("My messages of today"),
        }
        return render(request, "common/problem.html", context)
    context = {
        "heading": _("No more evening mails?"),
        "words": _("Your offer stays as it is: your messages wait on your page instead of coming by mail."),
        "button": _("Send me no more"),
    }
    return render(request, "common/one_button.html", context)
