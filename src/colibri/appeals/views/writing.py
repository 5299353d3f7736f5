"""Writing a message with the coach beside it: look, take a change, go back, and only then keep it."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from colibri.appeals.actions.claiming import rewrite_appeal
from colibri.appeals.actions.intake import submit_form
from colibri.appeals.actions.posts import TEXT_MOST
from colibri.appeals.coaching import look_at, taken
from colibri.appeals.forms import MessageForm
from colibri.appeals.models import Appeal
from colibri.appeals.proposing import ASKED_MOST, NoProposals, ask_model, model_host
from colibri.appeals.queries import appeals_of, may_be_rewritten, title_of
from colibri.appeals.remarks import STARTS
from colibri.appeals.views.own import author_only
from colibri.common.doors import signed_in
from colibri.common.origin import knocks
from colibri.common.states import WrongMove
from colibri.compute.coaching import changed
from colibri.compute.coaching.proposals import PROPOSALS_MOST, Proposal, change_of
from colibri.people.models import Collective
from colibri.people.queries import account_of

__all__ = ["new", "rewrite"]

TAKE = "take:"
"""What a button asks for is this, and a proposal as it was written into the page."""


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a search on the site."""
    collective, account = get_object_or_404(Collective, slug=slug), account_of(request.user)
    mine = appeals_of(account).filter(collective=collective).exclude(state="closed")
    context: dict[str, Any] = {"mine": [(one, title_of(one)) for one in mine], "starts": STARTS}
    start = STARTS.get(request.GET.get("start", ""))
    form = MessageForm(_posted(request), initial={"text": start[1] if start else ""})
    if _keeps(request) and form.is_valid():
        text = form.cleaned_data["text"]
        same = mine.filter(messages__text=text).first()
        if same is None and mine.exclude(state="refused").exists():
            form.add_error(
                None,
                _(
                    "You already have a message here, and each person has one, so that all are seen alike. "
                    "Change it, or end it before writing another."
                ),
            )
        else:
            made = same or submit_form(collective, account, text, now=timezone.now())
            return redirect("appeals:claim", made.public_id)
    return _writing(request, collective, form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@author_only
def rewrite(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    """Change the words of a message written on the site."""
    if not may_be_rewritten(appeal):
        return _settled(request, appeal)
    newest = appeal.messages.order_by("-version").first()
    form = MessageForm(_posted(request), initial={"text": newest.text if newest else ""})
    if _keeps(request) and form.is_valid():
        try:
            rewrite_appeal(appeal, account_of(request.user), form.cleaned_data["text"], now=timezone.now())
        except WrongMove:
            return _settled(request, appeal)
        return redirect("appeals:claim", appeal.public_id)
    reachable = bool(appeal.link) or appeal.reaches_author
    return _writing(request, appeal.collective, form, {"appeal": appeal}, reachable=reachable)


def _settled(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    """Its words can no longer be changed here: why, what is possible, and what was typed meanwhile."""
    context = {"appeal": appeal, "typed": request.POST.get("text", "")[:TEXT_MOST]}
    return render(request, "appeals/settled.html", context, status=409 if request.method == "POST" else 200)


def _writing(
    request: HttpRequest,
    collective: Collective,
    form: MessageForm,
    context: dict[str, Any],
    *,
    reachable: bool = False,
) -> HttpResponse:
    """The page, with what the coach says where it was asked. Nothing is kept."""
    language, now = account_of(request.user).language, timezone.now()
    if request.method == "POST" and not _keeps(request) and form.is_valid():
        before = form.cleaned_data["text"]
        text = _steered(request, before, collective, now=now)
        proposals, trouble = _proposals(request, text)
        form = MessageForm(initial={"text": text})
        look = look_at(text, collective, language, now=now, reachable=reachable, proposals=proposals)
        if proposals and not look.proposals and request.POST["do"] == "propose":
            trouble = _("What the language model proposed broke the coach's rules: nothing of it is shown.")
        context |= {"look": look, "before": before if text != before else "", "trouble": trouble}
    context |= {"form": form, "collective": collective, "most": TEXT_MOST, "model": model_host()}
    return render(request, "appeals/new.html", context, status=422 if form.errors else 200)


def _steered(request: HttpRequest, text: str, collective: Collective, *, now: datetime) -> str:
    """The text after what was asked: as it was before, with a change taken, or as it is."""
    asked = request.POST["do"]
    if asked == "undo":
        return request.POST.get("before", "")[:TEXT_MOST] or text
    if asked.startswith(TAKE):
        proposal = Proposal.read(asked.removeprefix(TAKE))
        change = change_of(text, proposal) if proposal else None
        return changed(text, change)[:TEXT_MOST] if change else text
    if asked in ("look", "propose"):
        return text
    return taken(text, asked, collective, account_of(request.user).language, now=now)


def _proposals(request: HttpRequest, text: str) -> tuple[tuple[Proposal, ...], str]:
    """What a language model proposed, now or before on this page, and what went wrong."""
    if not model_host():
        return (), ""
    if request.POST["do"] != "propose":
        proposed = map(Proposal.read, request.POST.getlist("proposed")[:PROPOSALS_MOST])
        return tuple(filter(None, proposed)), ""
    if knocks(request, "propose") > ASKED_MOST:
        return (), _("You have asked the language model often: it answers you again in an hour.")
    try:
        proposals = ask_model(account_of(request.user), text)
    except NoProposals as fault:
        return (), str(fault)
    return proposals, "" if proposals else _("The language model proposes nothing: your words are good.")


def _posted(request: HttpRequest) -> Any:
    return request.POST or None


def _keeps(request: HttpRequest) -> bool:
    """Whether the person wants the message kept, and not only looked at."""
    return request.method == "POST" and "do" not in request.POST
