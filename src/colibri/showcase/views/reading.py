"""What everybody may read: the collective's choice, one article, and both as a feed."""

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colibri.common.structured import json_ld
from colibri.people.models import Account, Collective
from colibri.people.queries import has_role
from colibri.showcase.forms import ReviewForm
from colibri.showcase.marking import marked
from colibri.showcase.models import STEPS, Article, Entry
from colibri.showcase.queries import article_seen_by, may_change, shown_at, to_read

__all__ = ["ReadingFeed", "article", "reading"]

AT_ONCE = 20
NEWEST = 50


@require_safe
def reading(request: HttpRequest, slug: str) -> HttpResponse:
    """Articles and entries passed on, of one step of a search or all."""
    collective = get_object_or_404(Collective, slug=slug)
    step = request.GET.get("step", "")
    if step and step not in dict(STEPS):
        raise Http404
    page = Paginator(to_read(collective, step), AT_ONCE).get_page(request.GET.get("page"))
    keep = f"step={step}" if step else ""
    context = {"collective": collective, "page": page, "steps": STEPS, "step": step, "keep": keep}
    return render(request, "showcase/reading.html", context)


@require_safe
def article(request: HttpRequest, public_id: str) -> HttpResponse:
    """One article; a draft is shown to its author and to animators alone."""
    reader = request.user
    found = article_seen_by(reader, public_id)
    if found is None:
        raise Http404
    account = reader if isinstance(reader, Account) else None
    context = {
        "article": found,
        "collective": found.collective,
        "html": marked(found.text),
        "may_change": account is not None and may_change(account, found),
        "own": account is not None and found.author_id == account.pk,
        "reviews": account is not None and has_role(account, found.collective, "animator"),
        "form": ReviewForm(),
        "json_ld": _described(found) if found.state == "published" else "",
    }
    return render(request, "showcase/article.html", context)


def _described(found: Article) -> str:
    """The article for machines, as schema.org says it."""
    return json_ld({
        "@type": "Article",
        "headline": found.title,
        "description": found.summary,
        "inLanguage": found.language,
        "author": {"@type": "Person", "name": found.byline},
        "publisher": {"@type": "Organization", "name": found.collective.name},
        "datePublished": found.published_at.isoformat() if found.published_at else "",
        "url": settings.SITE_URL + found.get_absolute_url(),
    })  # fmt: skip


class ReadingFeed(Feed):
    """What a collective shows to read, newest first: whole articles, others' entries as links alone."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, slug: str) -> Collective:
        return get_object_or_404(Collective, slug=slug)

    def title(self, collective: Collective) -> str:
        """The collective's name and what this is."""
        return _("To read, by {name}").format(name=collective.name)

    def link(self, collective: Collective) -> str:
        """The collective's page."""
        return collective.get_absolute_url()

    def items(self, collective: Collective) -> list[Article | Entry]:
        """The newest of both."""
        return to_read(collective)[:NEWEST]

    def item_title(self, item: Article | Entry) -> str:
        """Its own."""
        return item.title

    def item_description(self, item: Article | Entry) -> str:
        """An article's HTML; of an entry the collective's word alone."""
        return marked(item.text) if isinstance(item, Article) else item.word

    def item_link(self, item: Article | Entry) -> str:
        """Where it is read."""
        return item.get_absolute_url() if isinstance(item, Article) else item.link

    def item_pubdate(self, item: Article | Entry) -> datetime:
        """When it was shown here."""
        return shown_at(item)
