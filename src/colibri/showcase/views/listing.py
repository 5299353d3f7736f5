"""Making a list of people to follow: its words, who is on it, what is done with it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colibri.common.doors import signed_in
from colibri.common.states import WrongMove
from colibri.people.models import Collective
from colibri.people.queries import account_of, has_role
from colibri.showcase import actions
from colibri.showcase.forms import FollowListForm, ListedForm
from colibri.showcase.models import FollowList, Listed
from colibri.showcase.queries import list_seen_by, lists_of, may_change_list, may_write, writes_for
from colibri.showcase.views.following import render_list

__all__ = ["list_do", "listed_do", "my_lists", "new_list", "write_list"]

LISTS_MOST = 10
"""Somebody makes so many lists at most."""


@never_cache
@signed_in
@require_safe
def my_lists(request: HttpRequest) -> HttpResponse:
    """The lists somebody makes, and where they may make more."""
    account = account_of(request.user)
    context = {"lists": lists_of(account), "collectives": writes_for(account)}
    return render(request, "showcase/my_lists.html", context)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new_list(request: HttpRequest, slug: str) -> HttpResponse:
    """A new list; POST keeps it as a draft."""
    collective, account = get_object_or_404(Collective, slug=slug), account_of(request.user)
    if not may_write(account, collective):
        return render(request, "showcase/not_yet.html", {"collective": collective, "list": True}, status=403)
    if lists_of(account).count() >= LISTS_MOST:
        messages.warning(request, _("Ten lists are enough: erase one first."))
        return redirect("showcase:my_lists")
    empty = FollowList(collective=collective, maker=account, byline=account.name, language=account.language)
    return _written(request, empty)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def write_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change what a list says of itself, while it is a draft; POST keeps it."""
    found = _changed(request, public_id)
    if found.state != "draft":
        messages.warning(
            request, _("Take the list back first: what it says is looked at before it is public.")
        )
        return redirect(found)
    return _written(request, found)


@never_cache
@signed_in
@require_POST
def list_do(request: HttpRequest, public_id: str) -> HttpResponse:
    """What one button asks: add somebody, submit, show, take back, erase."""
    found, do = _changed(request, public_id), request.POST.get("do", "")
    if do == "add":
        return _added(request, found)
    if do == "show" and not has_role(account_of(request.user), found.collective, "animator"):
        raise PermissionDenied
    try:
        return _done(request, found, do)
    except WrongMove:
        messages.warning(
            request, _("Nothing was done. This is how it stands now; wait a minute and try again.")
        )
    return redirect(found)


def _done(request: HttpRequest, found: FollowList, do: str) -> HttpResponse:
    now = timezone.now()
    if do == "submit":
        actions.submit_list(found, now=now)
        messages.success(request, _("Thank you! An animator looks at it."))
    elif do == "show":
        actions.show_list(found, now=now)
        messages.success(request, _("It is public. Each person is told now, and seen on it after that."))
    elif do == "take_back":
        actions.take_back_list(found, now=now)
        messages.success(request, _("It is a draft again, seen by nobody else."))
    elif do == "erase":
        actions.erase_list(found)
        messages.success(request, _("Erased."))
        return redirect("showcase:my_lists")
    else:
        raise Http404
    return redirect(found)


def _added(request: HttpRequest, found: FollowList) -> HttpResponse:
    form = ListedForm(request.POST)
    if not form.is_valid():
        return render_list(request, found, form)
    place, address = form.cleaned_data["who"]
    word, email = form.cleaned_data["word"], form.cleaned_data["email"]
    try:
        actions.add_listed(found, place, address, word=word, email=email, now=timezone.now())
    except actions.StaysOff:
        form.add_error("who", _("They asked to be on no list here. Please respect it."))
    except actions.TooManyListed:
        form.add_error("who", _("A hundred people are enough: take somebody off first."))
    else:
        messages.success(request, _("On the list. They are told before anybody sees them on it."))
        return redirect(found)
    return render_list(request, found, form)


@never_cache
@signed_in
@require_POST
def listed_do(request: HttpRequest, public_id: str, listed: int) -> HttpResponse:
    """Take somebody off, or say that one told them."""
    found = _changed(request, public_id)
    person = get_object_or_404(Listed.objects.select_related("follow_list"), pk=listed, follow_list=found)
    do = request.POST.get("do", "")
    try:
        if do == "remove":
            actions.remove_listed(person, now=timezone.now())
            messages.success(request, _("Taken off the list."))
        elif do == "told":
            actions.told_by_hand(person, now=timezone.now())
            messages.success(request, _("Thank you! They are seen on the list now."))
        else:
            raise Http404
    except WrongMove:
        messages.warning(
            request, _("Nothing was done. This is how it stands now; wait a minute and try again.")
        )
    return redirect(found)


def _written(request: HttpRequest, found: FollowList) -> HttpResponse:
    form = FollowListForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        kept = actions.change_list(form.instance, now=timezone.now())
        messages.success(request, _("Kept. Now put people on it."))
        return redirect(kept)
    context = {"form": form, "list": found, "collective": found.collective}
    return render(request, "showcase/write_list.html", context, status=422 if form.errors else 200)


def _changed(request: HttpRequest, public_id: str) -> FollowList:
    account = account_of(request.user)
    found = list_seen_by(account, public_id)
    if found is None:
        raise Http404
    if not may_change_list(account, found):
        raise PermissionDenied
    return found
