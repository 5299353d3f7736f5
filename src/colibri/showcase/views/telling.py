"""Telling: one's portraits, their words, what is done with them, and the page of the person told."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colibri.appeals.queries import publishing_identities
from colibri.common.doors import signed_in
from colibri.common.signing import BadLink, read_token
from colibri.common.states import ChangedMeanwhile, WrongMove
from colibri.common.versions import CHANGED, version_read
from colibri.people.models import Account, Collective
from colibri.people.queries import account_of
from colibri.showcase import actions
from colibri.showcase.forms import PortraitForm, RemarkForm
from colibri.showcase.models import Portrait
from colibri.showcase.portrait_mails import TOKEN
from colibri.showcase.queries import (
    may_change_portrait,
    may_judge_portrait,
    may_tell,
    may_write,
    picture_of,
    portrait_seen_by,
    portrait_told,
    portraits_of,
    search_of_portrait,
    tells_for,
)
from colibri.showcase.views.portraits import portrait_context

__all__ = ["begin_portrait", "decide_portrait", "my_portraits", "told", "told_picture", "write_portrait"]

OPEN_MOST = 20
"""Somebody tells so many people at most whose portraits are not public."""
LASTS = timedelta(days=90)
"""So long the link in a mail lets its reader decide; then they sign in."""
NOWHERE = gettext_lazy(
    "Nothing was changed: the collective has no account that could post it now. If another post was just "
    "taken back, try again in a minute."
)
FASTER = gettext_lazy("Nothing was done: somebody else was faster. This is how it stands now.")
OFF = gettext_lazy("Taken off: nobody else reads it.")


@never_cache
@signed_in
@require_safe
def my_portraits(request: HttpRequest) -> HttpResponse:
    """What the person tells or is told in, and where they may begin one."""
    account = account_of(request.user)
    context = {"portraits": portraits_of(account), "collectives": tells_for(account)}
    return render(request, "showcase/my_portraits.html", context)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def begin_portrait(request: HttpRequest, slug: str) -> HttpResponse:
    """A new portrait; POST keeps it as a draft."""
    collective, account = get_object_or_404(Collective, slug=slug), account_of(request.user)
    if not may_tell(account, collective):
        return render(request, "showcase/not_yet_told.html", {"collective": collective}, status=403)
    if portraits_of(account).exclude(state="shown").count() >= OPEN_MOST:
        messages.warning(
            request, _("You have many portraits that are not public: finish or erase one first.")
        )
        return redirect("showcase:my_portraits")
    empty = Portrait(collective=collective, author=account, language=account.language)
    return _written(request, empty)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def write_portrait(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a portrait; POST keeps a new version, which its person has to agree to anew."""
    found = _seen(request, public_id)
    if not may_change_portrait(account_of(request.user), found):
        raise PermissionDenied
    return _written(request, found)


def _written(request: HttpRequest, found: Portrait) -> HttpResponse:
    account = account_of(request.user)
    others = found.subject_id is None and may_write(account, found.collective)
    form = PortraitForm(request.POST or None, request.FILES or None, instance=found, others=others)
    if request.method == "POST" and form.is_valid():
        kept = form.instance
        kept.email = form.cleaned_data.get("email", "").lower() or None
        if kept.subject_id is None and kept.email in (None, account.email):
            kept.email, kept.subject = None, account
        kept = actions.change_portrait(kept, account, **form.about_picture, now=timezone.now())
        messages.success(request, _("Kept. This is how it reads."))
        return redirect(kept)
    context = {"form": form, "portrait": found, "collective": found.collective}
    return render(request, "showcase/write_portrait.html", context, status=422 if form.errors else 200)


@never_cache
@signed_in
@require_POST
def decide_portrait(request: HttpRequest, public_id: str) -> HttpResponse:
    """What one button of its author or an animator asks: send, show, give back, take off, erase."""
    found, account = _seen(request, public_id), account_of(request.user)
    do = request.POST.get("do", "")
    own, judges = may_change_portrait(account, found), may_judge_portrait(account, found)
    if not (judges if do in ("show", "return") else own if do == "send" else own or judges):
        raise PermissionDenied
    try:
        return _done(request, found, account, do)
    except WrongMove:
        messages.warning(request, FASTER)
    except ChangedMeanwhile:
        messages.warning(request, CHANGED)
    except actions.TooManyAsked:
        messages.warning(request, _("Five people a day are enough. Send this one tomorrow."))
    return redirect(found)


def _done(request: HttpRequest, found: Portrait, account: Account, do: str) -> HttpResponse:
    now = timezone.now()
    if do == "send":
        actions.send_portrait(found, account, version=version_read(request), now=now)
        messages.success(request, _("Sent. Nobody else reads it before the person it tells has agreed."))
    elif do == "show":
        actions.show_portrait(found, version=version_read(request), now=now)
        messages.success(request, _("It is public."))
    elif do == "return":
        actions.return_portrait(found, request.POST.get("remark", ""), now=now)
        messages.success(request, _("Given back, with your word."))
    elif do == "unlist":
        actions.unlist_portrait(found, now=now)
        messages.success(request, OFF)
    elif do == "erase" and account.pk in (found.author_id, found.subject_id) and found.state == "draft":
        actions.erase_portrait(found, now=now)
        messages.success(request, _("Erased."))
        return redirect("showcase:my_portraits")
    else:
        raise Http404
    return redirect(found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def told(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the person told, from their mail or their own page: read every word, and decide."""
    found = _told(token)
    if request.method == "POST":
        try:
            _decided(request, found, request.POST.get("do", ""))
        except WrongMove:
            messages.warning(request, FASTER)
        except ChangedMeanwhile:
            messages.warning(request, CHANGED)
        except actions.Nowhere:
            messages.warning(request, NOWHERE)
        if request.POST.get("do") == "erase":
            context = {"heading": _("Erased"), "words": _("Nothing of this portrait is kept.")}
            return render(request, "common/problem.html", context)
        return redirect("showcase:told", token)
    search = search_of_portrait(found)
    context = portrait_context(found) | {
        "form": RemarkForm(),
        "token": token,
        "search": search,
        "postable": search is not None and publishing_identities(search, instead=True).exists(),
    }
    if context["picture"] is not None:
        context["image"] = reverse("showcase:told_picture", args=[token])
    return render(request, "showcase/told.html", context)


@never_cache
@require_safe
def told_picture(request: HttpRequest, token: str) -> HttpResponse:
    """The picture on the page of the person told."""
    kept = picture_of(_told(token))
    if kept is None:
        raise Http404
    return HttpResponse(bytes(kept.wide), content_type="image/jpeg")


def _decided(request: HttpRequest, found: Portrait, do: str) -> None:
    now = timezone.now()
    if do == "agree":
        actions.agree_to_portrait(found, version=version_read(request), by="page", now=now)
        messages.success(request, _("Thank you! A mail tells you when everybody can read it."))
    elif do == "return":
        actions.return_portrait(found, request.POST.get("remark", ""), now=now)
        messages.success(request, _("Given back, with your word. A mail comes when it was changed."))
    elif do == "unlist":
        actions.unlist_portrait(found, now=now)
        messages.success(request, OFF)
    elif do == "again":
        actions.show_again(found, by="page", now=now)
        messages.success(request, _("It is public again."))
    elif do == "relay":
        actions.relay_portrait(found, by="page", now=now)
        messages.success(request, _("Your portrait is relayed in place of your message from now on."))
    elif do == "message":
        if not actions.relay_message(found, now=now):
            raise WrongMove(found, "taken back")
        messages.success(
            request, _("Your message is relayed again. What was posted of your portrait is deleted.")
        )
    elif do == "keep":
        actions.keep_portrait(found)
        messages.success(request, _("Thank you! It stays, and shows others the way."))
    elif do == "erase":
        actions.erase_portrait(found, now=now)
    else:
        raise Http404


def _told(token: str) -> Portrait:
    """The portrait a link speaks of. Raises `BadLink`."""
    found = portrait_told(read_token(TOKEN, token, lasts=LASTS))
    if found is None:
        raise BadLink(TOKEN)
    return found


def _seen(request: HttpRequest, public_id: str) -> Portrait:
    found = portrait_seen_by(account_of(request.user), public_id)
    if found is None:
        raise Http404
    return found
