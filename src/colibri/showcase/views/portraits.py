"""Portraits as everybody sees them: the series, one of them, its picture, and all as a feed."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colibri.appeals.queries import open_appeals
from colibri.appeals.sharing import share_links
from colibri.common.structured import json_ld
from colibri.people.models import Account, Collective
from colibri.relays.words import FAMILY_WORDS
from colibri.showcase.forms import RemarkForm
from colibri.showcase.models import Portrait
from colibri.showcase.portrait_mails import told_link
from colibri.showcase.queries import (
    may_change_portrait,
    may_judge_portrait,
    picture_of,
    portrait_seen_by,
    public_portraits,
    region_names,
    series,
)

__all__ = [
    "PortraitsFeed",
    "picture",
    "picture_link",
    "portrait",
    "portrait_context",
    "portrait_html",
    "portraits",
]

AT_ONCE = 12
NEWEST = 50
AN_HOUR = 3600
"""In seconds: so long after a picture was taken off some reader's own copy may still be shown to them."""


@require_safe
def portraits(request: HttpRequest, slug: str) -> HttpResponse:
    """The collective's portraits, of one family of trades, one region, both or all."""
    collective = get_object_or_404(Collective, slug=slug)
    family, region = _narrowed(request)
    regions = region_names()
    page = Paginator(public_portraits(collective, family=family, region=region), AT_ONCE)
    context = {
        "collective": collective,
        "page": page.get_page(request.GET.get("page")),
        "family": family,
        "region": region,
        "families": [(one, FAMILY_WORDS[one]) for one in series(collective, "family")],
        "regions": [(one, regions.get(one, one)) for one in series(collective, "region")],
        "keep": "&".join(
            f"{key}={value}" for key, value in (("family", family), ("region", region)) if value
        ),
    }
    return render(request, "showcase/portraits.html", context)


def _narrowed(request: HttpRequest) -> tuple[str, str]:
    family, region = request.GET.get("family", ""), request.GET.get("region", "")
    if (family and family not in FAMILY_WORDS) or (region and region not in region_names()):
        raise Http404
    return family, region


@require_safe
def portrait(request: HttpRequest, public_id: str) -> HttpResponse:
    """One portrait; what is not public is shown to whoever tells it, is told in it, or animates."""
    found = portrait_seen_by(request.user, public_id)
    if found is None:
        raise Http404
    account = request.user if isinstance(request.user, Account) else None
    context = portrait_context(found) | {
        "told": account is not None and found.subject_id == account.pk,
        "tells": account is not None and found.author_id == account.pk,
        "reviews": account is not None and may_judge_portrait(account, found),
        "may_change": account is not None and may_change_portrait(account, found),
        "form": RemarkForm(),
    }
    context["told_link"] = told_link(found) if context["told"] else ""
    return render(request, "showcase/portrait.html", context)


def portrait_context(found: Portrait) -> dict[str, Any]:
    """What the page says of a portrait, for people and, where it is public, for machines."""
    url, public = settings.SITE_URL + found.get_absolute_url(), found.state == "shown"
    appeal = None
    if public and found.kind == "search" and found.subject_id is not None:
        appeal = open_appeals(found.collective).filter(account=found.subject_id).first()
    image = picture_link(found, "wide")
    return {
        "portrait": found,
        "collective": found.collective,
        "picture": getattr(found, "picture", None),
        "image": image,
        "region_name": region_names().get(found.region, ""),
        "url": url,
        "appeal": appeal,
        "public": public,
        "shares": share_links(found.title, found.summary, url) if public else [],
        "json_ld": _described(found, url, image) if public else "",
    }


def picture_link(found: Portrait, size: str) -> str:
    """Where its picture is, in this size; empty where it has none."""
    kept = getattr(found, "picture", None)
    return reverse("showcase:picture", args=[found.public_id, kept.digest, size]) if kept else ""


def _described(found: Portrait, url: str, image: str) -> str:
    """The page for machines: schema.org's ProfilePage about a Person."""
    person: dict[str, Any] = {"@type": "Person", "name": found.name, "description": found.summary}
    if image:
        person["image"] = settings.SITE_URL + image
    if found.kind == "model":
        person["jobTitle"] = found.trade
    if found.link:
        person["sameAs"] = found.link
    if found.region:
        person["homeLocation"] = {"@type": "Place", "name": region_names().get(found.region, found.region)}
    return json_ld({
        "@type": "ProfilePage",
        "url": url,
        "name": found.title,
        "inLanguage": found.language,
        "dateCreated": found.shown_at.isoformat() if found.shown_at else "",
        "dateModified": found.changed_at.isoformat(),
        "mainEntity": person,
    })  # fmt: skip


@require_safe
def picture(request: HttpRequest, public_id: str, digest: str, size: str) -> HttpResponse:
    """A portrait's picture, for whoever may see the portrait."""
    found = portrait_seen_by(request.user, public_id)
    kept = picture_of(found, digest) if found is not None and size in ("wide", "small") else None
    if found is None or kept is None:
        raise Http404
    answer = HttpResponse(bytes(kept.wide if size == "wide" else kept.small), content_type="image/jpeg")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["ETag"] = f'"{kept.digest}-{size}"'
    public = found.state == "shown"
    answer["Cache-Control"] = f"public, max-age={AN_HOUR}" if public else "private, no-store"
    return answer


class PortraitsFeed(Feed):
    """A collective's portraits, newest first, narrowed as the page is."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, slug: str) -> tuple[Collective, str, str]:
        return get_object_or_404(Collective, slug=slug), *_narrowed(request)

    def title(self, wanted: tuple[Collective, str, str]) -> str:
        """The collective's name and what this is."""
        collective, family, region = wanted
        words = [_("Portraits, by {name}").format(name=collective.name)]
        words += [str(FAMILY_WORDS[family])] if family else []
        return " · ".join(words + ([region_names()[region]] if region else []))

    def link(self, wanted: tuple[Collective, str, str]) -> str:
        """The series."""
        return reverse("showcase:portraits", args=[wanted[0].slug])

    def items(self, wanted: tuple[Collective, str, str]) -> Any:
        """The newest."""
        return public_portraits(wanted[0], family=wanted[1], region=wanted[2])[:NEWEST]

    def item_title(self, item: Portrait) -> str:
        """Name and trade."""
        return item.title

    def item_description(self, item: Portrait) -> str:
        """The picture, the sentence, the answers, as harmless HTML."""
        return portrait_html(item)

    def item_pubdate(self, item: Portrait) -> datetime | None:
        """When it was shown first."""
        return item.shown_at

    def item_updateddate(self, item: Portrait) -> datetime:
        """When it changed last."""
        return item.changed_at


def portrait_html(found: Portrait) -> str:
    """A public portrait as HTML that stands by itself on other sites."""
    image = picture_link(found, "wide")
    shown = format_html(
        '<p><img src="{}" alt="{}" width="{}" height="{}"></p>',
        settings.SITE_URL + image, found.picture.alt, found.picture.width, found.picture.height,
    ) if image else ""  # fmt: skip
    answers = format_html_join("", "<h2>{}</h2>{}", ((asked, _lines(said)) for asked, said in found.answers))
    return format_html("{}<p>{}</p>{}", shown, found.summary, answers)


def _lines(text: str) -> Any:
    return format_html_join("", "<p>{}</p>", ((one,) for one in text.split("\n\n")))
