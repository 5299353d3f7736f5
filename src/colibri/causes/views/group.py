"""The group of a cause: who is in it, its news, words to take along, and how others come in."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from colibri.appeals.cards import alt_of
from colibri.causes import actions
from colibri.causes.cards import card_of_cause
from colibri.causes.forms import EndForm, JoinForm, MaterialForm, NewsForm
from colibri.causes.models import Ally, Cause, Change
from colibri.causes.queries import OPEN, ally_of, cause_named, group_of, may_judge, may_steer
from colibri.common.doors import row_chosen, signed_in
from colibri.common.signing import BadLink, read_token, token
from colibri.people.models import Account
from colibri.showcase.marking import marked

__all__ = ["group", "join"]

INVITES_LAST = timedelta(days=60)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def group(request: HttpRequest, public_id: str) -> HttpResponse:
    """For allies; POST writes news or words to take along, takes them away, takes somebody out, or leaves."""
    found, ally = cause_named(public_id), None
    if found is not None:
        ally = ally_of(found, request.user)
    if found is None or not (ally or may_steer(found, request.user)):
        raise Http404
    do = request.POST.get("do", "")
    forms: dict[str, ModelForm] = {
        "news": NewsForm(request.POST if do == "news" else None, auto_id="news_%s"),
        "kit": MaterialForm(request.POST if do == "kit" else None, auto_id="kit_%s"),
    }
    if request.method == "POST":
        if do in forms and not forms[do].is_valid():
            return _page(request, found, ally, forms, status=422)
        return _done(request, found, ally, do, forms)
    return _page(request, found, ally, forms)


def _done(
    request: HttpRequest, found: Cause, ally: Ally | None, do: str, forms: dict[str, ModelForm]
) -> HttpResponse:
    account = request.user
    steers = may_steer(found, account)
    if do == "leave" and ally is not None and found.appeal.account_id != ally.account_id:
        actions.leave_cause(ally)
        messages.success(request, _("You have left the group."))
        return redirect(found.appeal.collective)
    if do not in ("news", "kit", "drop", "out", "back"):
        raise Http404
    if not steers or not isinstance(account, Account) or found.appeal.state not in OPEN:
        raise PermissionDenied
    if do == "news":
        news = actions.write_news(found, **forms["news"].cleaned_data, by=account, now=timezone.now())
        words = _("Written: everybody reads it once an animator has.") if news.waits else _("Written.")
        messages.success(request, words)
    elif do == "kit":
        actions.keep_material(found, **forms["kit"].cleaned_data)
        messages.success(request, _("Kept for everybody in the group."))
    elif do == "drop":
        actions.drop_material(get_object_or_404(found.materials, pk=row_chosen(request)))
        messages.success(request, _("Taken away."))
    else:
        _parted(request, found, do)
    return redirect("causes:group", found.appeal.public_id)


def _parted(request: HttpRequest, found: Cause, do: str) -> None:
    """Somebody is taken out of the group, or let in again; who began it stays."""
    others = found.allies.exclude(account=found.appeal.account)
    ally = get_object_or_404(others, pk=row_chosen(request))
    if do == "out":
        actions.take_out(ally, now=timezone.now())
        words = _("{name} is out of the group: reads it no more, is named nowhere, and invites nobody.")
    else:
        actions.bring_back(ally)
        words = _("{name} is in the group as before.")
    messages.success(request, words.format(name=ally.name))


def _page(
    request: HttpRequest, found: Cause, ally: Ally | None, forms: dict[str, ModelForm], status: int = 200
) -> HttpResponse:
    link = settings.SITE_URL + reverse("causes:join", args=[token("cause", ally.pk)]) if ally else ""
    context = {
        "cause": found,
        "appeal": found.appeal,
        "collective": found.appeal.collective,
        "ally": ally,
        "change": Change.objects.filter(cause=found).first(),
        "judges": may_judge(found, request.user),
        "own": ally is not None and found.appeal.account_id == ally.account_id,
        "link": link,
        "allies": group_of(found).select_related("invited_by"),
        "out": found.allies.exclude(out_since=None),
        "news": [(one, marked(one.text)) for one in found.news.all()[:50]],
        "alt": alt_of(card_of_cause(found)),
        "materials": found.materials.all(),
        "steers": may_steer(found, request.user) and found.appeal.state in OPEN,
        "kit": forms["kit"],
        "writing": forms["news"],
        "end": EndForm(auto_id="end_%s"),
    }
    return render(request, "causes/group.html", context, status=status)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """What one is invited to; POST comes into the group."""
    inviter = None
    try:
        number = read_token("cause", token, lasts=INVITES_LAST)
        rows = Ally.objects.filter(out_since=None).select_related("cause__appeal__collective")
        inviter = rows.filter(pk=number).first()
    except BadLink:
        pass
    account = request.user
    if not isinstance(account, Account):
        raise PermissionDenied
    refused = inviter is None or inviter.cause.allies.filter(account=account).exclude(out_since=None).exists()
    if inviter is None or refused or inviter.cause.appeal.state not in OPEN:
        return render(request, "causes/no_invitation.html", status=404)
    found = inviter.cause
    if ally_of(found, account) is not None:
        return redirect("causes:group", found.appeal.public_id)
    form = JoinForm(request.POST or None, initial={"name": account.name})
    if request.method == "POST" and form.is_valid():
        actions.join_cause(inviter, account, **form.cleaned_data, now=timezone.now())
        messages.success(request, _("Welcome! Your own link below invites others."))
        return redirect("causes:group", found.appeal.public_id)
    context = {"cause": found, "collective": found.appeal.collective, "inviter": inviter, "form": form}
    return render(request, "causes/join.html", context, status=422 if form.errors else 200)
