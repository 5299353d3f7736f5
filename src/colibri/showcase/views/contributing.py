"""Chapters of a white paper: written by their authors alone, accepted or given back by animators."""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colibri.common.doors import signed_in
from colibri.common.states import WrongMove
from colibri.people.models import Account
from colibri.people.queries import account_of, has_role
from colibri.showcase import actions
from colibri.showcase.forms import ContributionForm, RemarkForm
from colibri.showcase.marking import marked
from colibri.showcase.models import Contribution
from colibri.showcase.queries import (
    chapters_of,
    contribution_seen_by,
    contributions_of,
    paper_seen_by,
    takes_contributions,
)

__all__ = ["contribute", "contribution", "contribution_do", "write_contribution"]

EACH_MOST = 3
"""Chapters by one author."""


@never_cache
@require_safe
def contribution(request: HttpRequest, public_id: str) -> HttpResponse:
    """One chapter; before the paper is published, for its author and animators alone."""
    found, account = _seen(request, public_id), request.user
    chapters = list(chapters_of(found.paper)) if found.paper.state == "published" else []
    here = next((place for place, one in enumerate(chapters) if one.pk == found.pk), None)
    context = {
        "contribution": found,
        "paper": found.paper,
        "collective": found.paper.collective,
        "html": marked(found.text),
        "own": found.author_id == account.pk,
        "reviews": isinstance(account, Account) and has_role(account, found.paper.collective, "animator"),
        "before": chapters[here - 1] if here else None,
        "after": chapters[here + 1] if here is not None and here + 1 < len(chapters) else None,
        "form": RemarkForm(),
    }
    return render(request, "showcase/contribution.html", context)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def contribute(request: HttpRequest, public_id: str) -> HttpResponse:
    """A new chapter; POST keeps it as a draft."""
    account = account_of(request.user)
    paper = paper_seen_by(account, public_id)
    if paper is None:
        raise Http404
    with timezone.override(ZoneInfo(paper.collective.time_zone)):
        if not takes_contributions(paper, timezone.localdate()):
            messages.warning(request, _("This call is closed: nothing new is taken in."))
            return redirect(paper)
    if contributions_of(account, paper).count() >= EACH_MOST:
        messages.warning(request, _("You have three contributions to it already: change one of them."))
        return redirect(paper)
    return _written(request, Contribution(paper=paper, author=account, byline=account.name))


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def write_contribution(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a draft's words, which only its author may."""
    found = _seen(request, public_id)
    if found.author_id != account_of(request.user).pk or found.state != "draft":
        raise PermissionDenied
    return _written(request, found)


@never_cache
@signed_in
@require_POST
def contribution_do(request: HttpRequest, public_id: str) -> HttpResponse:
    """What one button asks: agree and submit, take back, erase; accept, give back."""
    found, account, now = _seen(request, public_id), account_of(request.user), timezone.now()
    do = request.POST.get("do", "")
    if do in ("accept", "return"):
        if not has_role(account, found.paper.collective, "animator"):
            raise PermissionDenied
    elif found.author_id != account.pk:
        raise PermissionDenied
    try:
        if do == "accept":
            actions.accept_contribution(found, now=now)
            messages.success(request, _("Accepted: it is the last chapter now, and can be moved."))
            return redirect(found.paper)
        if do == "return":
            actions.return_contribution(found, request.POST.get("remark", ""), now=now)
            messages.success(request, _("Given back, with your word."))
            return redirect(found.paper)
        return _own(request, found, do)
    except WrongMove:
        messages.warning(request, _("Nothing was done: somebody else was faster. This is how it stands now."))
    return redirect(found)


def _own(request: HttpRequest, found: Contribution, do: str) -> HttpResponse:
    """What its author does."""
    now = timezone.now()
    if do == "submit":
        actions.submit_contribution(found, now=now)
        messages.success(request, _("Thank you! An animator reads it, and a mail tells you."))
    elif do == "take_back":
        actions.take_back_contribution(found, now=now)
        messages.success(request, _("It is a draft again, seen by nobody else."))
    elif do == "erase" and found.state == "draft":
        actions.erase_contribution(found)
        messages.success(request, _("Erased."))
        return redirect(found.paper)
    else:
        raise Http404
    return redirect(found)


def _written(request: HttpRequest, found: Contribution) -> HttpResponse:
    form = ContributionForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        kept = actions.change_contribution(form.instance, now=timezone.now())
        messages.success(request, _("Kept. This is how it reads."))
        return redirect(kept)
    context = {"form": form, "paper": found.paper, "collective": found.paper.collective}
    return render(request, "showcase/write_contribution.html", context, status=422 if form.errors else 200)


def _seen(request: HttpRequest, public_id: str) -> Contribution:
    found = contribution_seen_by(request.user, public_id)
    if found is None:
        raise Http404
    return found
