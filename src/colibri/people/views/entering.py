"""Coming in: the demonstration's people, the language, and the page for whoever knocks too often."""

from datetime import timedelta
from urllib.parse import urlencode

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.views import confirm_login_code
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.messages import get_messages
from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from colibri.common.doors import signed_in
from colibri.common.signing import BadLink, read_token
from colibri.people.actions import choose_language, choose_name
from colibri.people.forms import NameForm
from colibri.people.models import Account
from colibri.people.queries import account_of, account_of_link

__all__ = [
    "another_address",
    "bad_request",
    "by_code",
    "confirm_code",
    "demo",
    "language",
    "name",
    "next_page",
    "too_many",
]


@require_http_methods(["GET", "HEAD"])
def by_code(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Where allauth would ask for a password, a code is sent instead."""
    query = request.META.get("QUERY_STRING", "")
    return redirect(reverse("account_request_login_code") + (f"?{query}" if query and not rest else ""))


def confirm_code(request: HttpRequest) -> HttpResponse:
    """allauth's page for the code; tells when the code is over, and keeps where the person wanted to go."""
    answer = confirm_login_code(request)
    if answer.status_code == 302 and answer["Location"] == reverse("account_request_login_code"):
        if not getattr(get_messages(request), "added_new", False):
            messages.warning(
                request, _("This code is over. Type your address again: another one comes at once.")
            )
        return _begin_again(request)
    return answer


@require_POST
def another_address(request: HttpRequest) -> HttpResponse:
    """Forget the address a code was sent to, and ask for another one."""
    request.session.pop(LOGIN_SESSION_KEY, None)
    return _begin_again(request)


def _begin_again(request: HttpRequest) -> HttpResponse:
    wanted, begin = next_page(request), reverse("account_request_login_code")
    return redirect(f"{begin}?{urlencode({'next': wanted})}" if wanted else begin)


@require_http_methods(["GET", "HEAD", "POST"])
def demo(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in as one of the demonstration's people; there is no such page anywhere else."""
    if not settings.DEMO:
        raise Http404
    account = account_of_link(read_token("demo", token, lasts=timedelta(days=1)))
    if account is None:
        raise BadLink("demo")
    if request.method == "POST":
        login(request, account, backend="django.contrib.auth.backends.ModelBackend")
        return redirect(settings.LOGIN_REDIRECT_URL)
    context = {
        "heading": _("Look around as {name}").format(name=account),
        "words": _("This is a demonstration: the people are invented, and nothing leaves this machine."),
        "button": _("Come in"),
    }
    return render(request, "common/one_button.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    """How the person wants to be called."""
    form = NameForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        choose_name(account_of(request.user), form.cleaned_data["name"])
        messages.success(request, _("Noted."))
        return redirect(f"{reverse('home:mine')}?all")
    return render(request, "people/name.html", {"form": form})


def language(request: HttpRequest) -> HttpResponse:
    """Django's choice of a language, remembered for the mails of whoever is signed in."""
    chosen = request.POST.get("language", "")
    if isinstance(request.user, Account) and chosen in dict(settings.LANGUAGES):
        choose_language(request.user, chosen)
    return set_language(request)


def next_page(request: HttpRequest) -> str:
    """Where the person came from, if that is a page of ours, else empty."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else ""


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Somebody asks more often than a person does."""
    context = {
        "heading": _("One moment, please"),
        "words": _(
            "That was a lot in a short time. To keep accounts safe, please wait a little and try again."
        ),
        "back": request.path,
        "back_label": _("Try again"),
    }
    return render(request, "common/problem.html", context, status=429)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What came cannot be read, mostly because it is too large."""
    if isinstance(exception, DisallowedHost):
        words = _("This site answers at {site}.").format(site=settings.SITE_URL)
        return HttpResponseBadRequest(words, content_type="text/plain; charset=utf-8")
    large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent)
    context = {
        "heading": _("That is more than we can take") if large else _("We could not read this"),
        "words": _("What you sent is too large for this page. Nothing was kept: please send less.")
        if large
        else _("Your browser sent something this page does not understand. Nothing was changed."),
        "back": request.path,
        "back_label": _("Back"),
    }
    return render(request, "common/problem.html", context, status=413 if large else 400)
