"""A cause as everybody sees it, with the form to offer something."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from colibri.appeals.cards import SHAPES, alt_of, drawn
from colibri.appeals.forms import AnswerForm
from colibri.appeals.sharing import share_links
from colibri.appeals.views.public import takes_answers, write
from colibri.causes.cards import card_of_cause
from colibri.causes.models import Cause
from colibri.causes.queries import (
    ally_of,
    cause_named,
    group_of,
    is_public,
    may_steer,
    progress_of,
    public_causes,
    told_causes,
)
from colibri.common.charts import bars_by_day
from colibri.common.structured import json_ld
from colibri.people.models import Collective
from colibri.showcase.marking import marked

__all__ = ["cause", "causes", "picture"]

NAMED_MOST = 200
TOLD_MOST = 30


@require_safe
def causes(request: HttpRequest, slug: str) -> HttpResponse:
    """The open causes of a collective, how others ended, and how to begin one."""
    collective = get_object_or_404(Collective, slug=slug)
    context = {
        "collective": collective,
        "causes": public_causes(collective),
        "told": told_causes(collective)[:TOLD_MOST],
    }
    return render(request, "causes/causes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cause(request: HttpRequest, public_id: str) -> HttpResponse:
    """The story, its progress and its news; POST offers something to who began it."""
    found = cause_named(public_id)
    if found is None:
        raise Http404
    ally, steers = ally_of(found, request.user), may_steer(found, request.user)
    if not (is_public(found) or ally or steers):
        raise Http404
    form, status = None, 200
    if takes_answers(found.appeal):
        form = AnswerForm(request.POST or None)
        if request.method == "POST":
            if form.is_valid() and (status := write(request, found.appeal, form)) == 200:
                return redirect(found.get_absolute_url() + "?sent=1#answer")
            status = 422 if status == 200 else status
    collective = found.appeal.collective
    with timezone.override(ZoneInfo(collective.time_zone)):
        progress = progress_of(found)
        context = {
            "cause": found,
            "appeal": found.appeal,
            "collective": collective,
            "html": marked(found.story),
            "told": marked(found.told),
            "news": [(one, marked(one.text)) for one in found.news.filter(public=True, waits=False)[:50]],
            "allies": group_of(found).filter(named=True)[:NAMED_MOST],
            "progress": progress,
            "bars": bars_by_day(progress.by_day),
            "left": (found.deadline - timezone.localdate()).days,
            "form": form,
            "sent": "sent" in request.GET,
            "ally": ally,
            "steers": steers,
            "public": is_public(found),
            "alt": alt_of(card_of_cause(found)),
            **_elsewhere(found),
        }
        return render(request, "causes/cause.html", context, status=status)


@require_safe
def picture(request: HttpRequest, public_id: str, shape: str) -> HttpResponse:
    """The cause as a picture, for allies to post and for networks to show beside its link."""
    found = cause_named(public_id)
    if found is None or shape not in SHAPES:
        raise Http404
    public = is_public(found)
    if not (public or ally_of(found, request.user) or may_steer(found, request.user)):
        raise Http404
    answer = HttpResponse(drawn(card_of_cause(found), shape), content_type="image/png")
    answer["Cache-Control"] = "max-age=3600" if public else "private, no-store"
    return answer


def _elsewhere(found: Cause) -> dict[str, object]:
    """What other sites are told of it, nothing before it is public."""
    appeal, url = found.appeal, settings.SITE_URL + found.get_absolute_url()
    if appeal.state != "active":
        return {"url": url, "shares": [], "json_ld": ""}
    document = {
        "@type": "Article",
        "headline": appeal.title,
        "description": found.goal,
        "inLanguage": appeal.language,
        "publisher": {"@type": "Organization", "name": appeal.collective.name},
        "expires": found.deadline.isoformat(),
        "url": url,
    }
    shares = share_links(appeal.title, appeal.message.text, url)
    return {"url": url, "shares": shares, "json_ld": json_ld(document)}
