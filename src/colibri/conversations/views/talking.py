"""Pages of conversations: all of mine, a new one, one of them. Only reading and writing need the script."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colibri.common.doors import row_chosen, signed_in
from colibri.common.states import WrongMove
from colibri.conversations import actions
from colibri.conversations.actions import MayNot, NoKeys, TooManyAsked
from colibri.conversations.bundle import bundle
from colibri.conversations.forms import AskForm
from colibri.conversations.models import Member
from colibri.conversations.queries import (
    authors_to_ask,
    in_touch,
    keyring_of,
    keyring_state,
    member_of,
    members_state,
    people_to_ask,
    shown_name,
    talks_of,
    ways_out,
)
from colibri.conversations.words import script_words
from colibri.people.models import Collective
from colibri.people.queries import account_of

__all__ = ["answer", "ask", "conversation", "conversations", "decide"]

SHOWN_AT_ONCE = 50
"""Messages: those before are checked as well, and shown when asked for."""


@never_cache
@signed_in
@require_safe
def conversations(request: HttpRequest) -> HttpResponse:
    """All conversations of the person, and what they were asked."""
    account = account_of(request.user)
    talks = [(one, _names(one)) for one in talks_of(account)]
    context = {
        "asked": [(one, names) for one, names in talks if one.state == "invited"],
        "talks": [(one, names) for one, names in talks if one.state == "in"],
        "keyring": keyring_of(account),
        "collectives": Collective.objects.filter(roles__account=account, roles__until=None).distinct(),
    }
    return render(request, "conversations/conversations.html", context)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Whom to ask for a conversation; POST asks."""
    collective, account = get_object_or_404(Collective, slug=slug), account_of(request.user)
    appeal = request.GET.get("appeal", "")
    known = authors_to_ask(account, collective, appeal) if appeal else people_to_ask(account, collective)
    form = AskForm(request.POST or None, known=known)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.propose(collective, account, form.cleaned_data["people"], now=timezone.now())
        except NoKeys:
            messages.warning(request, _("First make your keys, on this page: it takes two minutes."))
            return redirect("conversations:keys")
        except MayNot as fault:
            raise PermissionDenied from fault
        except TooManyAsked:
            messages.warning(
                request, _("Many people have not answered you yet: wait for them, or ask no longer.")
            )
            return redirect("conversations:conversations")
        return redirect(made)
    context = {"collective": collective, "known": known, "form": form, "keyring": keyring_of(account)}
    return render(request, "conversations/ask.html", context, status=422 if form.errors else 200)


@never_cache
@signed_in
@require_POST
def answer(request: HttpRequest, talk: str) -> HttpResponse:
    """Say yes or no to a conversation one was asked for."""
    member, yes = _part(request, talk), request.POST.get("answer") == "yes"
    try:
        actions.answer(member, yes=yes, now=timezone.now())
    except NoKeys:
        messages.warning(request, _("First make your keys, on this page: it takes two minutes."))
        return redirect("conversations:keys")
    except WrongMove:
        messages.warning(request, _("Nothing was done: this was answered already."))
        return redirect("conversations:conversations")
    if yes:
        return redirect("conversations:conversation", talk)
    messages.success(request, _("You said no. Whoever asked learns it on their page, without a mail."))
    return redirect("conversations:conversations")


@never_cache
@signed_in
@require_safe
def conversation(request: HttpRequest, talk: str) -> HttpResponse:
    """One conversation: its script opens and checks what was sealed."""
    member, account = _part(request, talk), account_of(request.user)
    if member.state == "invited":
        return redirect("conversations:conversations")
    found = member.conversation
    state = {
        "page": "conversation",
        "account": str(account.pk),
        "conversation": found.public_id,
        "open": found.state == "open",
        "readTo": member.read_to,
        "length": found.length,
        "members": members_state(found),
        **keyring_state(account),
    }
    everyone = found.members.select_related("account")
    context = {
        "member": member,
        "conversation": found,
        "names": _names(member),
        "others": [(one, shown_name(one.account)) for one in everyone if one.pk != member.pk],
        "waiting": [shown_name(one.account) for one in everyone if one.state == "invited"],
        "mine": found.begun_by_id == account.pk,
        "in_touch": in_touch(member),
        "ways_out": ways_out(account, found),
        "state": state,
        "words": script_words(),
        "bundle": bundle(),
        "shown_at_once": SHOWN_AT_ONCE,
    }
    return render(request, "conversations/conversation.html", context)


@never_cache
@signed_in
@require_POST
def decide(request: HttpRequest, talk: str) -> HttpResponse:
    """What one button asks: mute, leave, keep apart, ask no longer."""
    member, do, now = _part(request, talk), request.POST.get("do", ""), timezone.now()
    try:
        if do in ("mute", "unmute"):
            actions.mute(member, on=do == "mute")
            return redirect("conversations:conversation", talk)
        if do == "take_back" and member.conversation.begun_by_id == member.account_id:
            actions.take_back(member.conversation, now=now)
            messages.success(request, _("Nobody is asked any longer."))
        elif do == "leave":
            actions.leave(member, now=now)
            messages.success(request, _("You left. When everybody has left, nothing of it stays."))
        elif do == "apart":
            other = get_object_or_404(
                Member.objects.exclude(pk=member.pk),
                conversation=member.conversation,
                pk=row_chosen(request, "member"),
            )
            actions.keep_apart(member, other.account, shown_name(other.account), now=now)
            messages.success(request, _("You left, and you will not meet again here."))
        else:
            raise Http404
    except WrongMove:
        messages.warning(request, _("Nothing was done: this was answered already."))
    return redirect("conversations:conversations")


def _part(request: HttpRequest, talk: str) -> Member:
    found = member_of(account_of(request.user), talk)
    if found is None:
        raise Http404
    return found


def _names(member: Member) -> list[str]:
    others = [one for one in member.conversation.members.all() if one.account_id != member.account_id]
    return [shown_name(one.account) for one in others if one.state != "declined"]
