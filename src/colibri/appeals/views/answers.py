"""The one-button pages of answers: confirming one's address, reporting what is wrong."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from colibri.appeals.actions.answers import UNPROVEN, report_answer, verify_answer
from colibri.appeals.models import Answer
from colibri.common.signing import read_token

__all__ = ["report", "verify"]

VERIFY_LASTS = timedelta(days=3)
REPORT_LASTS = timedelta(days=180)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """The writer of an answer confirms their address, and the words go on their way."""
    number = read_token("answer", token, lasts=VERIFY_LASTS)
    answer = get_object_or_404(Answer.objects.select_related("appeal__account"), pk=number)
    if request.method == "POST" and answer.state in UNPROVEN:
        verify_answer(answer, now=timezone.now())
    if answer.state in UNPROVEN:
        words = {
            "heading": _("Send your words?"),
            "words": _(
                "Your address is confirmed with this click, and your words go to the person you wrote to."
            ),
            "button": _("Yes, send them"),
        }
        return render(request, "common/one_button.html", words)
    heading, said = _what_became_of(answer)
    words = {
        "heading": heading,
        "words": said,
        "back": answer.appeal.get_absolute_url(),
        "back_label": _("Back to the message"),
    }
    return render(request, "common/problem.html", words)


def _what_became_of(answer: Answer) -> tuple[str, str]:
    """What its writer is told once their address is confirmed."""
    if answer.state != "held":
        return (
            _("Thank you, your words are on their way"),
            _("The person you wrote to will answer you directly, if they wish. You can close this page."),
        )
    if answer.appeal.reaches_author:
        return (
            _("Thank you, your address is confirmed"),
            _("The people who run the collective read your words first. You have nothing more to do."),
        )
    return (
        _("This person cannot be written to from here any more"),
        _("Your words were not forwarded. The page of the message says how else to answer."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, token: str) -> HttpResponse:
    """The author of an appeal says that an answer they received is wrong."""
    answer = get_object_or_404(Answer, pk=read_token("report", token, lasts=REPORT_LASTS))
    if request.method == "POST" and answer.state == "forwarded":
        report_answer(answer)
    if answer.state == "forwarded":
        words = {
            "heading": _("Report this message?"),
            "words": _(
                "The people who run the collective will read the message you received and decide what to do."
            ),
            "button": _("Yes, report it"),
        }
        return render(request, "common/one_button.html", words)
    words = {
        "heading": _("Thank you, it is reported"),
        "words": _("Do not send money, papers or bank details to anybody who promises you work."),
    }
    return render(request, "common/problem.html", words)
