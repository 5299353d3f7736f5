"""A request's pages: ask, see where it stands, write to each other, end it."""

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colibri.appeals.models import Appeal
from colibri.appeals.queries import appeals_of, occupation_label
from colibri.common.doors import signed_in
from colibri.common.states import WrongMove
from colibri.conversations.queries import shown_name
from colibri.helping import actions
from colibri.helping.forms import AskForm, EndForm, RemarkForm
from colibri.helping.models import HelpRequest
from colibri.helping.queries import (
    givings_of,
    helper_of,
    helping_now,
    may_leave_word,
    mentorship_of,
    proposals_to,
    remarks_of,
    request_seen_by,
    requests_of,
)
from colibri.helping.views.giving import answer_proposal
from colibri.helping.words import passages_of, reason_words
from colibri.people.models import Account, Collective
from colibri.people.queries import account_of

__all__ = ["ask", "decide", "mine", "request"]


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for one thing."""
    collective = get_object_or_404(Collective, slug=slug)
    account = account_of(request.user)
    form = AskForm(request.POST or None, initial=_known_of(account, collective, request))
    if request.method == "POST" and form.is_valid():
        try:
            found = actions.ask_for_help(collective, account, now=timezone.now(), **form.cleaned_data)
        except actions.TooManyAsked:
            words = _(
                "You asked for many things today, and each time somebody gets a mail. Ask again tomorrow."
            )
            form.add_error(None, words)
        else:
            messages.success(request, _("Asked. A mail tells you as soon as somebody says yes."))
            return redirect(found)
    context = {"collective": collective, "form": form}
    return render(request, "helping/ask.html", context, status=422 if form.errors else 200)


@never_cache
@signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What I asked for, what I am asked, whom I help."""
    account = account_of(request.user)
    context = {
        "requests": [(one, _helper_name(one)) for one in requests_of(account)[:50]],
        "proposals": [(one, reason_words(one.reasons)) for one in proposals_to(account)],
        "helping": [(one, shown_name(one.account)) for one in helping_now(account)],
        "givings": list(givings_of(account)),
        "collectives": Collective.objects.order_by("name"),
    }
    return render(request, "helping/mine.html", context)


@never_cache
@signed_in
@require_safe
def request(request: HttpRequest, public_id: str) -> HttpResponse:
    """One request, for the two it is between."""
    return _page(request, _seen(request, public_id))


@never_cache
@signed_in
@require_POST
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """What one button asks: say yes or no, write, hand back, end, leave a last word."""
    found, account, do = _seen(request, public_id), account_of(request.user), request.POST.get("do", "")
    own = found.account_id == account.pk
    helps = helper_of(found) == account
    if do in ("accept", "decline"):
        proposal = get_object_or_404(found.proposals, giving__account=account, state="open")
        answer_proposal(request, proposal, do)
        return redirect(found if do == "accept" else "helping:mine")
    if not {"write": own or helps, "hand_back": helps, "farewell": helps, "close": own}.get(do, False):
        raise PermissionDenied
    try:
        return _done(request, found, account, do)
    except WrongMove:
        messages.warning(
            request, _("Nothing was done: meanwhile this had changed. This is how it stands now.")
        )
        return redirect(found if own else "helping:mine")


def _done(request: HttpRequest, found: HelpRequest, account: Account, do: str) -> HttpResponse:
    now = timezone.now()
    if do == "hand_back":
        actions.hand_back(found, now=now)
        messages.success(request, _("Noted: somebody else is asked, and they are told kindly."))
        return redirect("helping:mine")
    if do == "write":
        form = RemarkForm(request.POST)
        if not form.is_valid():
            return _page(request, found, form=form)
        actions.write_remark(found, account, now=now, **form.cleaned_data)
        messages.success(request, _("Written. A mail tells the other of you, without your words."))
        return redirect(found)
    if do == "farewell":
        form = RemarkForm(request.POST)
        if not form.is_valid():
            return _page(request, found, form=form)
        actions.leave_word(found, form.cleaned_data["text"], now=now)
        messages.success(request, _("Left. A mail tells them, without your words."))
        return redirect(found)
    end = EndForm(request.POST)
    if not end.is_valid():
        return _page(request, found, end=end)
    actions.close_request(found, now=now, **end.cleaned_data)
    messages.success(request, _("Done. Thank you for telling how it went."))
    return redirect(found)


def _page(
    request: HttpRequest, found: HelpRequest, form: RemarkForm | None = None, end: EndForm | None = None
) -> HttpResponse:
    account, helper = account_of(request.user), helper_of(found)
    own, helps = found.account_id == account.pk, helper == account
    remarks = remarks_of(found, account) if own or helps else []
    passages = passages_of(str(found.text)) if own or helps else []
    wrong = bool((form and form.errors) or (end and end.errors))
    chosen = form.data.get("passage", "") if form is not None else request.GET.get("passage", "")
    number = int(chosen) if re.fullmatch("[0-9]{1,4}", chosen) and 0 < int(chosen) <= len(passages) else 0
    proposal = found.proposals.filter(giving__account=account, state="open").first()
    context: dict[str, Any] = {
        "one": found,
        "own": own,
        "helps": helps,
        "helper": shown_name(helper) if helper is not None else "",
        "seeker": shown_name(found.account) if helps else "",
        "trade": occupation_label(found.occupation),
        "spoken": _spoken(found) if helps else None,
        "proposal": proposal,
        "mentorship": mentorship_of(found) if own or helps else None,
        "why": reason_words(proposal.reasons) if proposal is not None else "",
        "passages": [
            (place, words, [one for one in remarks if one.passage == place])
            for place, words in enumerate(passages, start=1)
        ],
        "remarks": [one for one in remarks if not 0 < one.passage <= len(passages)],
        "chosen": number,
        "farewell": helps and may_leave_word(found, account),
        "open": found.state in ("accepted", "answered"),
        "form": form or RemarkForm(initial={"passage": number}),
        "end": end or EndForm(),
    }
    return render(request, "helping/request.html", context, status=422 if wrong else 200)


def _spoken(found: HelpRequest) -> Appeal | None:
    """The seeker's message as everybody may read it, for whoever helps them."""
    return appeals_of(found.account).filter(collective=found.collective, state="active").first()


def _known_of(account: Account, collective: Collective, request: HttpRequest) -> dict[str, Any]:
    """What the person's own search tells already, so that nobody types it again."""
    appeal = appeals_of(account).filter(collective=collective).exclude(state="closed").first()
    known: dict[str, Any] = {"languages": [account.language], "kind": request.GET.get("kind", "")}
    if appeal is not None:
        known |= {"occupation": occupation_label(appeal.occupation), "region": appeal.region}
        if known["kind"] == "message" and appeal.messages.exists():
            known["text"] = appeal.message.text
    return known


def _helper_name(found: HelpRequest) -> str:
    helper = helper_of(found)
    return shown_name(helper) if helper is not None else ""


def _seen(request: HttpRequest, public_id: str) -> HelpRequest:
    found = request_seen_by(request.user, public_id)
    if found is None:
        raise Http404
    return found
