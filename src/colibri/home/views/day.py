"""The animator's day: what waits for a decision, and how the day goes."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from colibri.appeals.actions.answers import Unreachable, reject_answer, release_answer
from colibri.appeals.actions.lifecycle import accept_appeal, refuse_appeal, send_back
from colibri.appeals.models import Appeal
from colibri.appeals.queries import answers_to_judge, decided_by, waiting_for_animator, with_texts
from colibri.causes.queries import causes_changed
from colibri.common.doors import row_chosen, signed_in
from colibri.common.states import ChangedMeanwhile, WrongMove
from colibri.federation.queries import open_reports
from colibri.home import queries
from colibri.impact.queries.groups import seen_less
from colibri.people.models import Collective
from colibri.people.queries import account_of, collective_animated
from colibri.relays.actions.planning import retry_plan
from colibri.relays.queries import latest_plan, stuck_plan

__all__ = ["day"]

AT_ONCE = 10
A_WEEK = timedelta(days=7)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def day(request: HttpRequest, slug: str) -> HttpResponse:
    """The queue and the day of one collective, for its animators; POST decides."""
    collective = collective_animated(request.user, slug)
    now, status = timezone.now(), 200
    with timezone.override(ZoneInfo(collective.time_zone)):
        if request.method == "POST":
            try:
                messages.success(request, _decide(request, collective, now=now))
                return redirect("home:day", slug)
            except WrongMove as fault:
                messages.warning(request, _who_was_first(fault))
                status = 409
            except Unreachable:
                messages.warning(request, _("Nothing was done: its author cannot be written to from here."))
                status = 409
            except ChangedMeanwhile:
                messages.warning(
                    request, _("Nothing was done: its author changed the words. Read them again.")
                )
                status = 409
        return render(request, "home/day.html", _context(request, collective, now=now), status=status)


def _decide(request: HttpRequest, collective: Collective, *, now: datetime) -> str:
    """Do what a button asks; say what was done. Raises `WrongMove`, `ChangedMeanwhile`, `Unreachable`."""
    do = request.POST.get("do", "")
    if do == "plan":
        retry_plan(collective, now=now)
        return _("It is tried again now.")
    number = row_chosen(request)
    if do in ("release", "reject"):
        answer = get_object_or_404(answers_to_judge(collective), pk=number)
        if do == "release":
            release_answer(answer, now=now)
            return _("Forwarded.")
        reject_answer(answer)
        return _("Not forwarded.")
    appeal = get_object_or_404(Appeal, pk=number, collective=collective)
    if do == "accept":
        _accept(request, appeal, now=now)
        return _("Accepted: it is part of the next plan.")
    if do == "refuse" and request.POST.get("reason") in appeal.refusals:
        refuse_appeal(appeal, request.POST["reason"], by=account_of(request.user), now=now)
        return _("Not relayed. Its author reads why on their page, with addresses that can help.")
    if do == "refuse" and not request.POST.get("reason"):
        return _("Nothing was done: choose a reason first, its author reads it.")
    if do == "back":
        send_back(appeal, by=account_of(request.user), now=now)
        return _("It waits for an animator again.")
    raise Http404


@transaction.atomic
def _accept(request: HttpRequest, appeal: Appeal, *, now: datetime) -> None:
    """The words somebody read, of a cause its whole page, and no others. Raises as `_decide`."""
    appeal = Appeal.objects.select_for_update().get(pk=appeal.pk)
    newest = appeal.messages.order_by("-version").values_list("version", flat=True).first()
    if appeal.state == "submitted" and request.POST.get("version") != str(newest):
        raise ChangedMeanwhile
    accept_appeal(appeal, by=account_of(request.user), now=now)


def _who_was_first(fault: WrongMove) -> str:
    row = fault.row
    last = row.decisions.select_related("by").first() if isinstance(row, Appeal) else None
    if last is not None:
        words = _("Nothing was done: at {time} {name} decided “{decision}”.")
        return words.format(
            name=decided_by(last),
            decision=last.get_kind_display(),
            time=f"{timezone.localtime(last.decided_at):%H:%M}",
        )
    label = row.get_state_display()  # type: ignore[attr-defined]
    return _("Nothing was done: meanwhile this is “{state}”.").format(state=label)


def _context(request: HttpRequest, collective: Collective, *, now: datetime) -> dict[str, Any]:
    queue = with_texts(
        waiting_for_animator(collective).select_related("identity", "cause").prefetch_related("cause__news")
    )
    plan = latest_plan(collective)
    return {
        "collective": collective,
        "queue": Paginator(queue, AT_ONCE).get_page(request.GET.get("page")),
        "changed": causes_changed(collective),
        "answers": answers_to_judge(collective)[:AT_ONCE],
        "decisions": Paginator(
            queries.recent_decisions(collective, since=now - A_WEEK), 2 * AT_ONCE
        ).get_page(request.GET.get("decided")),
        "plan": plan,
        "stuck": stuck_plan(collective),
        "better_at_most": queries.certificate(plan),
        "by_state": queries.boosts_by_state(plan) if plan else [],
        "unserved": queries.unserved(plan),
        "failed": queries.failed_boosts(collective, since=now - A_WEEK)[:20],
        "reports": open_reports(collective).count(),
        "sources": queries.quiet_sources(collective, now=now),
        "expired": queries.expired_connections(collective)[:20],
        "seen_less": seen_less(collective),
        "writings": queries.failed_writings(collective),
    }
