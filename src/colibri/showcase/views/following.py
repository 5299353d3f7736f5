"""Lists of people to follow as everybody sees them, as files for other programs, and the way off them."""

import csv
from datetime import timedelta
from xml.etree import ElementTree

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from colibri.common.signing import BadLink, read_token
from colibri.people.models import Account, Collective
from colibri.people.queries import collective_identity, has_role
from colibri.showcase import actions
from colibri.showcase.following_mails import REFUSE, note_to_listed
from colibri.showcase.forms import ListedForm
from colibri.showcase.models import BLOG, FollowList
from colibri.showcase.queries import list_seen_by, may_change_list, public_lists, region_names, shown_people

__all__ = ["list_csv", "list_opml", "list_page", "lists", "render_list", "stay_off"]

LASTS = timedelta(days=10 * 365)
"""An old note must still be able to take somebody off."""
NOTE_MOST = 500


@require_safe
def lists(request: HttpRequest, slug: str) -> HttpResponse:
    """The collective's lists."""
    collective = get_object_or_404(Collective, slug=slug)
    regions = region_names()
    found = [(one, regions.get(one.region, "")) for one in public_lists(collective)]
    return render(request, "showcase/lists.html", {"collective": collective, "lists": found})


@require_safe
def list_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """One list; who made it and animators also see who is not told yet, and change it here."""
    return render_list(request, _seen(request, public_id), ListedForm())


def render_list(request: HttpRequest, found: FollowList, form: ListedForm) -> HttpResponse:
    """The page of a list, with the form of whoever adds somebody."""
    account = request.user if isinstance(request.user, Account) else None
    changes = account is not None and may_change_list(account, found)
    waiting = list(found.people.exclude(state="told").order_by("pk")) if changes else []
    people = list(shown_people(found).select_related("follow_list"))
    own = collective_identity(found.collective, "bluesky") if found.on_bluesky_at else None
    context = {
        "list": found,
        "collective": found.collective,
        "people": people,
        "places": {one.place for one in people},
        "waiting": [
            (one, note_to_listed(one, NOTE_MOST) if one.state == "by_hand" else "") for one in waiting
        ],
        "region_name": region_names().get(found.region, ""),
        "bluesky": own.handle if own else "",
        "keys": found.record_keys,
        "changes": changes,
        "reviews": account is not None and has_role(account, found.collective, "animator"),
        "form": form,
        "url": settings.SITE_URL + found.get_absolute_url(),
    }
    return render(request, "showcase/list.html", context, status=422 if form.errors else 200)


@require_safe
def list_csv(request: HttpRequest, public_id: str) -> HttpResponse:
    """Its people of the fediverse, as Mastodon imports those one follows."""
    found = _seen(request, public_id)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.public_id}.csv"'
    rows = csv.writer(answer)
    rows.writerow(["Account address", "Show boosts", "Notify on new posts", "Languages"])
    rows.writerows([one.address, "true", "false", ""] for one in shown_people(found, "mastodon"))
    return answer


@require_safe
def list_opml(request: HttpRequest, public_id: str) -> HttpResponse:
    """Its blogs, as feed readers import them (OPML 2.0)."""
    found = _seen(request, public_id)
    outlines = ElementTree.Element("opml", version="2.0")
    head = ElementTree.SubElement(outlines, "head")
    ElementTree.SubElement(head, "title").text = found.title
    ElementTree.SubElement(head, "ownerName").text = found.byline
    body = ElementTree.SubElement(outlines, "body")
    for one in shown_people(found, BLOG):
        ElementTree.SubElement(body, "outline", type="rss", text=str(one), xmlUrl=one.address)
    content = ElementTree.tostring(outlines, encoding="utf-8", xml_declaration=True)
    answer = HttpResponse(content, content_type="text/x-opml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.public_id}.opml"'
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stay_off(request: HttpRequest, token: str) -> HttpResponse:
    """One button; POST takes whoever the link names off every list, for good."""
    place, _space, address = read_token(REFUSE, token, lasts=LASTS).partition(" ")
    if not address:
        raise BadLink(REFUSE)
    if request.method == "POST":
        actions.stay_off(place, address, now=timezone.now())
        words = _("{who} is on no list here any more, and nobody can put them on one again.")
        context = {"heading": _("Done, for good"), "words": words.format(who=address)}
        return render(request, "common/problem.html", context)
    words = _("This takes {who} off every list of people to follow on this site, at once and for good.")
    context = {
        "heading": _("Not on any list?"),
        "words": words.format(who=address),
        "button": _("Take me off, for good"),
    }
    return render(request, "common/one_button.html", context)


def _seen(request: HttpRequest, public_id: str) -> FollowList:
    found = list_seen_by(request.user, public_id)
    if found is None:
        raise Http404
    return found
