"""An appeal's pages for its author: see what was understood, correct it, steer it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from colibri.appeals.actions.claiming import claim_appeal, keep_corrections
from colibri.appeals.actions.lifecycle import close_appeal, pause_appeal, renew_appeal, resume_appeal
from colibri.appeals.actions.posts import choose_post
from colibri.appeals.cards import alt_of, card_of
from colibri.appeals.coaching import remarks_on_post
from colibri.appeals.forms import CorrectionForm
from colibri.appeals.models import Appeal
from colibri.appeals.queries import (
    is_author,
    may_be_corrected,
    may_be_rewritten,
    other_posts,
    stand_ins,
    title_of,
    trades,
)
from colibri.common.doors import row_chosen, signed_in
from colibri.people.queries import account_of

__all__ = ["author_only", "change", "claim", "end"]


AuthorsView = Callable[..., HttpResponse]


def author_only(view: AuthorsView) -> Any:
    """The author goes on; somebody who may be the author learns how to show it; others are refused."""

    @never_cache
    @signed_in
    @wraps(view)
    def checked(request: HttpRequest, public_id: str, **named: str) -> HttpResponse:
        rows = Appeal.objects.select_related("collective", "account", "identity")
        appeal = get_object_or_404(rows, public_id=public_id, kind="search")
        if is_author(appeal, request.user):
            with timezone.override(ZoneInfo(appeal.collective.time_zone)):
                return view(request, appeal, **named)
        if appeal.account_id is not None:
            raise PermissionDenied
        if appeal.identity is None or appeal.identity.account_id is not None:
            raise Http404
        return render(request, "appeals/prove.html", {"appeal": appeal}, status=403)

    return checked


@require_http_methods(["GET", "HEAD", "POST"])
@author_only
def claim(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    """What was understood, to be corrected and confirmed; then what becomes of it."""
    form = CorrectionForm(request.POST or None, appeal=appeal, author=account_of(request.user))
    if request.method == "POST" and form.is_valid():
        before = appeal.state
        keep_corrections(
            appeal,
            account_of(request.user),
            form.changes,
            publish=form.may_publish,
            measure=form.cleaned_data["measure_reading"],
            now=timezone.now(),
        )
        appeal.refresh_from_db()
        messages.success(request, _kept(before, appeal))
        return redirect("appeals:claim", appeal.public_id)
    return render(
        request, "appeals/claim.html", _own_context(appeal, form), status=422 if form.errors else 200
    )


@require_POST
@author_only
def change(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    """Pause, resume, renew it, or choose another post."""
    now = timezone.now()
    claim_appeal(appeal, account_of(request.user))
    match request.POST.get("do"):
        case "pause":
            pause_appeal(appeal)
            said = _("Paused: nobody is asked to relay it until you resume.")
        case "resume":
            resume_appeal(appeal, now=now)
            said = _("It is relayed again.")
        case "renew":
            renew_appeal(appeal, now=now)
            said = _("Renewed for another 30 days.")
        case "choose":
            chosen = get_object_or_404(other_posts(appeal), pk=row_chosen(request, "post"))
            choose_post(chosen, now=now)
            said = _("This post is relayed from now on.")
            if chosen.appeal.state == "submitted":
                said = _("This post is relayed as soon as an animator has looked at its words.")
        case _:
            raise Http404
    messages.success(request, said)
    return redirect("appeals:claim", appeal.public_id)


ENDINGS = {
    "found": (
        gettext_lazy("You have found work?"),
        gettext_lazy(
            "Wonderful! Your message is relayed no more, every boost that stands is taken back, and those "
            "who carried it learn that it helped. This cannot be undone: a new search would begin anew."
        ),
        gettext_lazy("Yes, I found work"),
        gettext_lazy("Wonderful! Every boost is being taken back. Thank you for telling us."),
    ),
    "stopped": (
        gettext_lazy("End everything?"),
        gettext_lazy(
            "Your message is relayed no more, every boost is taken back, posts made in your name are "
            "deleted, and your consent ends. This cannot be undone: a new search would begin anew."
        ),
        gettext_lazy("Yes, end everything"),
        gettext_lazy("Ended. Every boost is being taken back, and posts made for you are deleted."),
    ),
}
"""For each ending its author may choose: what is asked, what follows, the button, and what is said then."""


@require_http_methods(["GET", "HEAD", "POST"])
@author_only
def end(request: HttpRequest, appeal: Appeal, ending: str) -> HttpResponse:
    """One button more before it ends."""
    if ending not in ENDINGS:
        raise Http404
    asked, follows, button, said = ENDINGS[ending]
    if appeal.state == "closed":
        messages.info(request, _("It was over already: nothing was changed."))
        return redirect("appeals:claim", appeal.public_id)
    if request.method == "POST":
        claim_appeal(appeal, account_of(request.user))
        close_appeal(appeal, ending, by="page", now=timezone.now())
        messages.success(request, said)
        return redirect("appeals:claim", appeal.public_id)
    context = {
        "heading": asked,
        "words": follows,
        "button": button,
        "back": reverse("appeals:claim", args=[appeal.public_id]),
        "back_label": _("Not yet"),
    }
    return render(request, "common/one_button.html", context)


def _kept(before: str, appeal: Appeal) -> str:
    after = appeal.state
    if appeal.refusal == "not_a_search":
        return _("Your corrections are kept, and nothing is relayed.")
    if after == "refused":
        return _(
            "Your corrections are kept. This kind of search is not relayed here: see below who can help."
        )
    if after == "submitted":
        return _("Thank you. An animator will look at your message soon.")
    if before in ("draft", "refused"):
        return _("Thank you. Your message is accepted.")
    return _("Your corrections are kept.")


def _own_context(appeal: Appeal, form: CorrectionForm) -> dict[str, Any]:
    message = appeal.messages.order_by("-version").first()
    correctable = message is not None and may_be_corrected(appeal)
    return {
        "appeal": appeal,
        "title": title_of(appeal),
        "text": message.text if message else "",
        "form": form,
        "alt": alt_of(card_of(appeal)),
        "reading": appeal.understood,
        "advice": appeal.collective.rules.refuses.get(appeal.refusal, ()),
        "trades": trades(),
        "rewritable": may_be_rewritten(appeal),
        "correctable": correctable,
        "unreachable": correctable and "accepts_answers" not in form.fields,
        "remarks": remarks_on_post(appeal, message.text, now=timezone.now())
        if message and correctable
        else (),
        "posts": appeal.publications.filter(state="live").select_related("identity"),
        "instead": stand_ins(appeal).select_related("identity"),
        "others": other_posts(appeal) if appeal.state != "closed" else (),
        "answers": dict(appeal.answers.values_list("state").annotate(number=Count("pk")).order_by()),
        "relayed": appeal.state in ("active", "paused", "expired"),
        "was_relayed": appeal.accepted_at is not None,
    }
