"""An appeal as everybody sees it, and the form by which readers answer."""

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colibri.appeals.actions.answers import TooMany, write_answer
from colibri.appeals.actions.sharing import note_share
from colibri.appeals.cards import SHAPES, alt_of, card_of, drawn
from colibri.appeals.forms import AnswerForm
from colibri.appeals.models import Appeal
from colibri.appeals.queries import is_author, is_public, title_of
from colibri.appeals.sharing import share_labels, share_links
from colibri.appeals.words import CONTRACT_WORDS
from colibri.common.origin import knocks, origin
from colibri.common.structured import json_ld
from colibri.people.queries import has_role

__all__ = ["appeal", "picture", "shared", "takes_answers", "write"]

SHARES_MOST = 20
"""So often an hour one visitor may say that they shared something."""


@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, public_id: str) -> HttpResponse:
    """The public page; POST writes to the author."""
    found, author = _seen(request, public_id)
    if found.kind == "cause":
        return redirect(found)
    form, status = None, 200
    if takes_answers(found):
        form = AnswerForm(request.POST or None)
        if request.method == "POST":
            if form.is_valid() and (status := write(request, found, form)) == 200:
                return redirect(reverse("appeals:appeal", args=[found.public_id]) + "?sent=1#answer")
            status = 422 if status == 200 else status
    with timezone.override(ZoneInfo(found.collective.time_zone)):
        context = {**_context(found), "form": form, "author": author, "sent": "sent" in request.GET}
        return render(request, "appeals/appeal.html", context, status=status)


@require_safe
def picture(request: HttpRequest, public_id: str, shape: str) -> HttpResponse:
    """The appeal as a picture, for networks to show beside a link and for its author to post."""
    found, _author = _seen(request, public_id)
    if shape not in SHAPES or found.state == "closed":
        raise Http404
    answer = HttpResponse(drawn(card_of(found), shape), content_type="image/png")
    answer["Cache-Control"] = "max-age=3600" if is_public(found) else "private, no-store"
    return answer


def _seen(request: HttpRequest, public_id: str) -> tuple[Appeal, bool]:
    """The appeal where this visitor may see it, and whether they wrote it. Raises `Http404`."""
    rows = Appeal.objects.select_related("collective", "account", "identity")
    found = get_object_or_404(rows, public_id=public_id)
    author = is_author(found, request.user)
    if not (is_public(found) or author or has_role(request.user, found.collective, "animator")):
        raise Http404
    return found, author


def takes_answers(found: Appeal) -> bool:
    """Whether readers may write to its author now."""
    return found.state in ("active", "paused") and found.reaches_author


@require_POST
def shared(request: HttpRequest, public_id: str) -> HttpResponse:
    """Somebody says that they showed it elsewhere: only then is it counted."""
    found = get_object_or_404(Appeal, public_id=public_id, state="active")
    service = request.POST.get("service", "")
    if service not in share_labels():
        raise Http404
    if knocks(request, "shared") <= SHARES_MOST:
        note_share(found, service, now=timezone.now())
    messages.success(request, _("Thank you! Each time it is shown, somebody may know somebody."))
    return redirect(found)


def write(request: HttpRequest, found: Appeal, form: AnswerForm) -> int:
    """Keep the words; the status says how it went, and the form says what went wrong."""
    try:
        write_answer(
            found,
            **{name: form.cleaned_data[name] for name in ("name", "email", "text")},
            origin=origin(request),
            language=(get_language() or "fr")[:2],
            now=timezone.now(),
        )
    except TooMany:
        form.add_error(
            None, _("There is a limit for each day, to protect people from floods. Come back tomorrow.")
        )
        return 429
    return 200


def _context(found: Appeal) -> dict[str, Any]:
    message = found.messages.order_by("-version").first()
    text = message.text if message and found.state != "closed" else ""
    posts = list(found.publications.filter(state="live").select_related("identity"))
    title, url = title_of(found), settings.SITE_URL + found.get_absolute_url()
    return {
        "appeal": found,
        "title": title,
        "text": text,
        "summary": " ".join(text.split())[:200],
        "url": url,
        "alt": alt_of(card_of(found)),
        "posts": [post for post in posts if post.url],
        "writer": next((post.identity for post in posts if post.identity.collective_id is None), None),
        "shares": share_links(title, text, url) if found.state == "active" else [],
        "indexed": found.state == "active",
        "json_ld": _described(found, title, text, url) if found.state == "active" else "",
    }


def _described(found: Appeal, title: str, text: str, url: str) -> str:
    """The page for machines: schema.org's Demand, "the announcement to seek", since a JobPosting offers."""
    wanted = ", ".join(str(CONTRACT_WORDS.get(one, one)) for one in found.contracts)
    document: dict[str, Any] = {
        "@type": "Demand",
        "name": f"{title} ({wanted})" if wanted else title,
        "description": text[:500],
        "url": url,
        "validFrom": (found.accepted_at or found.created_at).date().isoformat(),
    }
    if found.expires_at:
        document["validThrough"] = found.expires_at.date().isoformat()
    if found.place:
        document["areaServed"] = {"@type": "Place", "name": found.place}
    return json_ld(document)
