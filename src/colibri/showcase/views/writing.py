"""Writing: one's own articles, their words, and what is done with them."""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colibri.common.doors import signed_in
from colibri.common.states import ChangedMeanwhile, WrongMove
from colibri.common.versions import CHANGED, version_read
from colibri.people.models import Collective
from colibri.people.queries import account_of, has_role
from colibri.showcase import actions
from colibri.showcase.forms import ArticleForm, ReviewForm
from colibri.showcase.models import Article
from colibri.showcase.queries import article_seen_by, articles_of, may_change, may_write, writes_for

__all__ = ["articles", "begin", "decide", "write"]

DRAFTS_MOST = 20
"""Somebody has so many articles at most that are not published."""


@never_cache
@signed_in
@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """Everything the person wrote, and where they may write more."""
    account = account_of(request.user)
    context = {"articles": articles_of(account), "collectives": writes_for(account)}
    return render(request, "showcase/articles.html", context)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """A new article; POST keeps it as a draft."""
    collective, account = get_object_or_404(Collective, slug=slug), account_of(request.user)
    if not may_write(account, collective):
        return render(request, "showcase/not_yet.html", {"collective": collective}, status=403)
    if articles_of(account).exclude(state="published").count() >= DRAFTS_MOST:
        messages.warning(request, _("You have many drafts already: finish or erase one first."))
        return redirect("showcase:articles")
    empty = Article(collective=collective, author=account, byline=account.name, language=account.language)
    return _written(request, empty)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change an article's words; POST keeps them."""
    found = _seen(request, public_id)
    if not may_change(account_of(request.user), found):
        raise PermissionDenied
    return _written(request, found)


@never_cache
@signed_in
@require_POST
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """What one button asks: submit, publish, give back, take back, erase."""
    found, account = _seen(request, public_id), account_of(request.user)
    do = request.POST.get("do", "")
    own, reviews = found.author_id == account.pk, has_role(account, found.collective, "animator")
    if not (reviews if do in ("publish", "return") else own or reviews):
        raise PermissionDenied
    with timezone.override(ZoneInfo(found.collective.time_zone)):
        form = ReviewForm(request.POST)
        if do == "publish" and not form.is_valid():
            messages.warning(request, _("Write the moment as year-month-day and hour, or leave it empty."))
            return redirect(found)
    try:
        return _done(request, found, do, form)
    except ChangedMeanwhile:
        messages.warning(request, CHANGED)
    except WrongMove:
        messages.warning(request, _("Nothing was done: somebody else was faster. This is how it stands now."))
    return redirect(found)


def _done(request: HttpRequest, found: Article, do: str, form: ReviewForm) -> HttpResponse:
    now = timezone.now()
    if do == "submit":
        actions.submit_article(found, now=now)
        messages.success(request, _("Thank you! An animator reads it, and a mail tells you."))
    elif do == "publish":
        at = form.cleaned_data["at"]
        actions.plan_article(found, version=version_read(request), at=at, now=now)
        messages.success(request, _("It will be published at its moment."))
    elif do == "return":
        actions.return_article(found, request.POST.get("remark", ""), account_of(request.user), now=now)
        messages.success(request, _("Given back, with your word."))
    elif do == "take_back":
        actions.take_back_article(found, now=now)
        messages.success(request, _("It is a draft again, seen by nobody else."))
    elif do == "erase" and found.state == "draft":
        actions.erase_article(found)
        messages.success(request, _("Erased."))
        return redirect("showcase:articles")
    else:
        raise Http404
    return redirect(found)


def _written(request: HttpRequest, found: Article) -> HttpResponse:
    form = ArticleForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.change_article(form.instance, now=timezone.now())
        except WrongMove:
            form.add_error(
                None, _("Not kept: meanwhile somebody decided upon it. Your words are still here.")
            )
        else:
            messages.success(request, _("Kept. This is how it reads."))
            return redirect(kept)
    context = {"form": form, "article": found, "collective": found.collective}
    return render(request, "showcase/write.html", context, status=422 if form.errors else 200)


def _seen(request: HttpRequest, public_id: str) -> Article:
    found = article_seen_by(account_of(request.user), public_id)
    if found is None:
        raise Http404
    return found
