"""What waits of a cause that is public: an animator reads it before everybody does."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from colibri.causes import actions
from colibri.causes.models import PUBLIC_WORDS, Cause, Change, News
from colibri.causes.queries import STANDING, cause_named, may_judge
from colibri.common.doors import row_chosen, signed_in
from colibri.common.states import ChangedMeanwhile
from colibri.common.versions import CHANGED
from colibri.showcase.marking import marked

__all__ = ["changes"]


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def changes(request: HttpRequest, public_id: str) -> HttpResponse:
    """Changed words and news that wait, for animators; POST agrees to one of them or declines it."""
    found = cause_named(public_id)
    if found is None or found.appeal.state not in STANDING or not may_judge(found, request.user):
        raise Http404
    if request.method == "POST":
        try:
            _judged(request, found)
        except ChangedMeanwhile:
            messages.warning(request, CHANGED)
        return redirect("causes:changes", public_id)
    change = Change.objects.filter(cause=found, declined=False).first()
    context = {
        "cause": found,
        "collective": found.appeal.collective,
        "change": change,
        "words": _changed(found, change) if change else [],
        "news": [(one, marked(one.text)) for one in found.news.filter(waits=True)],
    }
    return render(request, "causes/changes.html", context)


def _judged(request: HttpRequest, found: Cause) -> None:
    """Raises `ChangedMeanwhile` where what was read is no longer what waits."""
    do, number = request.POST.get("do", ""), row_chosen(request)
    what, _between, decision = do.partition("-")
    known = what in ("words", "news") and decision in ("agree", "decline")
    if not known:
        raise Http404
    agrees, now = decision == "agree", timezone.now()
    if what == "words":
        change = Change.objects.filter(cause=found, pk=number).first()
        if change is None:
            raise ChangedMeanwhile
        actions.judge_change(change, agrees=agrees, now=now)
    else:
        news = News.objects.filter(cause=found, pk=number).first()
        if news is None:
            raise ChangedMeanwhile
        actions.judge_news(news, agrees=agrees, now=now)
    messages.success(
        request,
        _("Everybody reads it now.") if agrees else _("The page stays as it was; its beginner is told."),
    )


def _changed(found: Cause, change: Change) -> list[tuple[str, str, str]]:
    """(what it is, as it stands, as it would be) of each of the words that differ."""
    return [
        (str(Cause._meta.get_field(name).verbose_name), before, after)  # type: ignore[union-attr]
        for name in PUBLIC_WORDS
        if (before := getattr(found, name)) != (after := getattr(change, name))
    ]
