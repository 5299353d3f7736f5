"""The animators' desk: articles and portraits to look at, feeds they follow, entries to pass on."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from colibri.common.doors import signed_in
from colibri.common.states import WrongMove
from colibri.people.models import Collective
from colibri.people.queries import account_of, collective_animated
from colibri.showcase.actions import TooManyFeeds, follow_feed, leave_entry, leave_feed, pass_on
from colibri.showcase.forms import FeedForm, PassForm
from colibri.showcase.models import Entry
from colibri.showcase.queries import (
    articles_waiting,
    entries_to_choose,
    feeds_of,
    lists_waiting,
    portraits_waiting,
)

__all__ = ["choose", "desk", "unfollow"]

AT_ONCE = 10


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits; POST follows a feed."""
    collective = collective_animated(request.user, slug)
    form = FeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            follow_feed(collective, form.cleaned_data["url"], now=timezone.now())
        except TooManyFeeds:
            form.add_error("url", _("Fifty feeds are enough: leave one first."))
        else:
            messages.success(request, _("It is read in a moment, then every six hours."))
            return redirect("showcase:desk", slug)
    return _page(request, collective, form)


@never_cache
@signed_in
@require_POST
def choose(request: HttpRequest, slug: str, entry: int) -> HttpResponse:
    """Pass an entry on with a word, leave it aside, or take it back."""
    collective, account = collective_animated(request.user, slug), account_of(request.user)
    found = get_object_or_404(Entry, pk=entry, feed__collective=collective)
    form = PassForm(request.POST)
    try:
        if request.POST.get("do") == "leave":
            leave_entry(found)
            messages.success(request, _("Left aside."))
        elif not form.is_valid():
            return _page(request, collective, FeedForm(), wrong=found)
        else:
            pass_on(found, **form.cleaned_data, by=account, now=timezone.now())
            messages.success(request, _("Passed on: the collective's readers see it."))
    except WrongMove:
        messages.warning(request, _("Nothing was done: somebody else was faster. This is how it stands now."))
    return redirect("showcase:desk", slug)


@never_cache
@signed_in
@require_POST
def unfollow(request: HttpRequest, slug: str, feed: int) -> HttpResponse:
    """Follow a feed no more."""
    collective = collective_animated(request.user, slug)
    leave_feed(get_object_or_404(feeds_of(collective), pk=feed))
    messages.success(request, _("Followed no more."))
    return redirect("showcase:desk", slug)


def _page(
    request: HttpRequest, collective: Collective, form: FeedForm, wrong: Entry | None = None
) -> HttpResponse:
    page = Paginator(entries_to_choose(collective), AT_ONCE).get_page(request.GET.get("page"))
    shown = [one for one in page if one != wrong]
    choices = [(one, PassForm(auto_id=f"id_{one.pk}_%s")) for one in shown]
    if wrong is not None:
        choices.insert(0, (wrong, PassForm(request.POST, auto_id=f"id_{wrong.pk}_%s")))
    context = {
        "collective": collective,
        "articles": articles_waiting(collective),
        "portraits": portraits_waiting(collective),
        "lists": lists_waiting(collective),
        "feeds": feeds_of(collective),
        "form": form,
        "page": page,
        "choices": choices,
    }
    return render(request, "showcase/desk.html", context, status=422 if form.errors or wrong else 200)
