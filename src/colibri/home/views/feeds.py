"""What other programs read: Atom feeds of a collective, and cards for sites that show our links (oEmbed)."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve, reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape, linebreaks
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colibri.appeals.models import Appeal
from colibri.appeals.queries import open_appeals, title_of, with_texts
from colibri.audiences.queries import tables
from colibri.people.models import Collective
from colibri.relays.words import FAMILY_WORDS
from colibri.showcase.queries import portrait_seen_by
from colibri.showcase.views.portraits import picture_link

__all__ = ["AppealsFeed", "oembed"]

NEWEST = 50
CARD_WIDTH = 600
"""In pixels, the widest card sites are told of."""


class AppealsFeed(Feed):
    """Open appeals of a collective, newest first: all, of one region, or of one trade family."""

    feed_type = Atom1Feed

    def get_object(
        self, request: HttpRequest, slug: str, region: str = "", family: str = ""
    ) -> tuple[Collective, str, str]:
        regions = {one.code: one.name for one in tables().regions}
        if (region and region not in regions) or (family and family not in FAMILY_WORDS):
            raise Http404
        return get_object_or_404(Collective, slug=slug), region, family

    def title(self, wanted: tuple[Collective, str, str]) -> str:
        """The collective, and what is narrowed down."""
        collective, region, family = wanted
        regions = {one.code: one.name for one in tables().regions}
        return " · ".join(
            str(one) for one in (collective.name, regions.get(region), FAMILY_WORDS.get(family)) if one
        )

    def subtitle(self, wanted: tuple[Collective, str, str]) -> str:
        """What a reader of feeds shows beside the title."""
        return _("People looking for work, whom volunteers relay.")

    def link(self, wanted: tuple[Collective, str, str]) -> str:
        """The collective's page."""
        return wanted[0].get_absolute_url()

    def items(self, wanted: tuple[Collective, str, str]) -> Any:
        """Today's open appeals."""
        collective, region, family = wanted
        found = with_texts(open_appeals(collective)).select_related("collective")
        if region:
            found = found.filter(region=region)
        if family:
            found = found.filter(occupation__startswith=family)
        return found[:NEWEST]

    def item_title(self, item: Appeal) -> str:
        """Trade and place."""
        return title_of(item)

    def item_description(self, item: Any) -> str:
        """The message, as harmless HTML."""
        return linebreaks(item.text or "", autoescape=True)

    def item_pubdate(self, item: Appeal) -> Any:
        """When it began to be relayed."""
        return item.accepted_at or item.created_at

    def item_updateddate(self, item: Appeal) -> Any:
        """As `item_pubdate`."""
        return item.accepted_at or item.created_at

    def item_author_name(self, item: Appeal) -> str:
        """The collective: who looks for work is named by nothing but their message."""
        return item.collective.name


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """A card for one of our public pages (oEmbed 1.0, JSON), without script: a message, a portrait."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse(_("Only JSON is spoken here."), status=501, content_type="text/plain")
    try:
        asked = urlsplit(request.GET.get("url", ""))
        match = resolve(asked.path)
    except (Resolver404, ValueError):
        raise Http404 from None
    if f"{asked.scheme}://{asked.netloc}" != settings.SITE_URL or match.view_name not in CARDS:
        raise Http404
    width = request.GET.get("maxwidth", "")
    document = {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Colibri",
        "provider_url": settings.SITE_URL + reverse("home:index"),
        "cache_age": 3600,
        "width": min(int(width), CARD_WIDTH) if width.isdecimal() and len(width) < 9 else CARD_WIDTH,
        "height": None,
        **CARDS[match.view_name](**match.kwargs),
    }
    answer = JsonResponse(document)
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _card(collective: Collective, title: str, address: str, html: str) -> dict[str, Any]:
    """A quotation that leads to its page."""
    return {
        "title": title,
        "author_name": collective.name,
        "author_url": settings.SITE_URL + collective.get_absolute_url(),
        "html": f'<blockquote cite="{escape(address)}">{html}'
        f'<p><a href="{escape(address)}">{escape(title)}</a></p></blockquote>',
    }


def _appeal_card(public_id: str) -> dict[str, Any]:
    active = with_texts(Appeal.objects.filter(state="active").select_related("collective"))
    found: Any = get_object_or_404(active, public_id=public_id)
    address = settings.SITE_URL + found.get_absolute_url()
    return _card(found.collective, title_of(found), address, linebreaks(found.text or "", autoescape=True))


def _portrait_card(public_id: str) -> dict[str, Any]:
    found = portrait_seen_by(AnonymousUser(), public_id)
    if found is None:
        raise Http404
    address = settings.SITE_URL + found.get_absolute_url()
    card = _card(found.collective, found.title, address, linebreaks(found.summary, autoescape=True))
    picture = getattr(found, "picture", None)
    if picture is not None:
        card |= {
            "thumbnail_url": settings.SITE_URL + picture_link(found, "wide"),
            "thumbnail_width": picture.width,
            "thumbnail_height": picture.height,
        }
    return card


CARDS = {"appeals:appeal": _appeal_card, "showcase:portrait": _portrait_card}
"""The pages that have a card, by the name of their address."""
