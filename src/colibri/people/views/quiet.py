"""No more mails of a kind: by a person's button, or by a mail program's (RFC 8058)."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from colibri.common.signing import BadLink, read_token
from colibri.people.actions import silence_notice
from colibri.people.models import NoticeOff
from colibri.people.queries import account_of_link

__all__ = ["quiet"]

LASTS = timedelta(days=3 * 365)
"""Old mails must still be able to end the new ones."""


@csrf_exempt  # a mail program posts without a cookie; the signed token says whose mails end
@require_http_methods(["GET", "HEAD", "POST"])
def quiet(request: HttpRequest, token: str) -> HttpResponse:
    """One button; POST ends the kinds of this mail for the account of the token."""
    said, _dot, number = read_token("quiet", token, lasts=LASTS).partition(".")
    known, kinds = dict(NoticeOff.KINDS), said.split("+")
    account = account_of_link(number)
    if account is None or not known.keys() >= set(kinds):
        raise BadLink("quiet")
    mails = "; ".join(str(known[kind]) for kind in kinds)
    if request.method == "POST":
        for kind in kinds:
            silence_notice(account, kind)
        context = {
            "heading": _("No more of these mails"),
            "words": _(
                "You get no more mails about: {mails}. You can ask for them again at any time."
            ).format(mails=mails),
            "back": reverse("people:hearing"),
            "back_label": _("What I hear, and when"),
        }
        return render(request, "common/problem.html", context)
    context = {
        "heading": _("No more of these mails?"),
        "words": _("These mails are about: {mails}. All they say stands on your pages too.").format(
            mails=mails
        ),
        "button": _("Send me no more"),
    }
    return render(request, "common/one_button.html", context)
