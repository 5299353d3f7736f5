"""Saying yes or no, writing to each other, ending well."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from colibri.common.states import WrongMove
from colibri.helping.actions.giving import hear_helper
from colibri.helping.actions.mentoring import begin_mentorship
from colibri.helping.actions.requesting import FIRST_ANSWER, pass_on, wake_waiting
from colibri.helping.models import MENTORSHIP, PROPOSAL, REQUEST, HelpRequest, Mentorship, Proposal, Remark
from colibri.helping.queries import blocked, may_leave_word
from colibri.networks.plain import plain
from colibri.people.actions import notify
from colibri.people.models import Account

__all__ = [
    "FasterOne",
    "accept_request",
    "close_request",
    "decline_request",
    "hand_back",
    "leave_word",
    "part_ways",
    "write_remark",
]


class FasterOne(Exception):
    """Somebody else said yes before, it is no longer needed, or the two keep apart."""


@transaction.atomic
def accept_request(proposal: Proposal, *, now: datetime) -> None:
    """Say yes; also late, as long as nobody else did. Of two at once one wins. Raises `FasterOne`."""
    request = proposal.request
    hear_helper(proposal.giving, now=now)
    if blocked(request, proposal.giving.account):
        raise FasterOne
    with transaction.atomic():
        try:
            REQUEST.move(
                request,
                "accepted",
                giving=proposal.giving,
                accepted_at=now,
                due_at=now + FIRST_ANSWER,
                nobody=False,
                attempts=0,
            )
            for other in request.proposals.filter(state="open").exclude(pk=proposal.pk):
                PROPOSAL.move(other, "taken", ended_at=now)
            PROPOSAL.move(proposal, "accepted", ended_at=None)
        except WrongMove as moved:
            raise FasterOne from moved
    if request.kind == "mentor":
        begin_mentorship(request, now=now)
    notify(request.account, "help_accepted", request.pk, once=str(proposal.pk), now=now)


@transaction.atomic
def decline_request(proposal: Proposal, *, now: datetime) -> None:
    """Not this time: somebody else is asked at once. Raises `WrongMove`."""
    hear_helper(proposal.giving, now=now)
    request = proposal.request
    if proposal.state != "open":
        raise WrongMove(proposal, "declined")
    pass_on(request, why="declined", now=now)


@transaction.atomic
def hand_back(request: HelpRequest, *, now: datetime) -> None:
    """The helper cannot go on: somebody else is asked, the seeker is told. Raises `WrongMove`."""
    if request.giving is not None:
        hear_helper(request.giving, now=now)
    pass_on(request, why="left", now=now)


@transaction.atomic
def part_ways(one: Account, other: Account, *, now: datetime) -> None:
    """Pass on what either was to help the other with: one of them wants nothing to do with the other."""
    two = [one, other]
    helps = Q(giving__account__in=two) | Q(proposals__giving__account__in=two, proposals__state="open")
    going = HelpRequest.objects.filter(helps, account__in=two, state__in=["offered", "accepted", "answered"])
    for request in going.distinct():
        with suppress(WrongMove):
            pass_on(request, why="declined" if request.state == "offered" else "left", now=now)


@transaction.atomic
def write_remark(
    request: HelpRequest, author: Account, text: str, *, passage: int = 0, now: datetime
) -> Remark:
    """Write to the other of the two; the helper's first words stop the clock. Raises `WrongMove`."""
    request.refresh_from_db()
    if request.state not in ("accepted", "answered") or request.giving is None:
        raise WrongMove(request, "answered")
    helper = request.giving.account
    if author == helper:
        hear_helper(request.giving, now=now)
        if request.state == "accepted":
            REQUEST.move(request, "answered", answered_at=now, due_at=None)
    remark = Remark.objects.create(
        request=request, author=author, text=plain(text), passage=passage, written_at=now
    )
    other = request.account if author == helper else helper
    notify(other, "help_word", request.pk, once=f"{now:%Y-%m-%d %H}", now=now)
    return remark


@transaction.atomic
def close_request(
    request: HelpRequest, ending: str, *, word: str = "", after: int | None = None, now: datetime
) -> None:
    """End it, with a word to the helper. Raises `WrongMove` where it is over."""
    helped = request.state in ("accepted", "answered")
    if helped and word.strip():
        Remark.objects.create(request=request, author=request.account, text=plain(word), written_at=now)
    REQUEST.move(request, "closed", ending=ending, after=after, closed_at=now, due_at=None)
    for part in request.proposals.filter(state="open"):
        PROPOSAL.move(part, "taken", ended_at=now)
    for part in request.proposals.filter(state="accepted").select_related("giving__account"):
        PROPOSAL.move(part, "done", ended_at=now)
        notify(part.giving.account, "help_ended", request.pk, now=now)
    for mentorship in Mentorship.objects.filter(request=request).exclude(state="over"):
        MENTORSHIP.move(mentorship, "over", due_at=None)
    wake_waiting(request.collective, now=now)


@transaction.atomic
def leave_word(request: HelpRequest, text: str, *, now: datetime) -> Remark:
    """The helper's one last word once it is over. Raises `WrongMove` where it is not, or one was left."""
    found = HelpRequest.objects.select_for_update().get(pk=request.pk)
    if found.giving is None or not may_leave_word(found, found.giving.account):
        raise WrongMove(found, "closed")
    author = found.giving.account
    remark = Remark.objects.create(request=found, author=author, text=plain(text), written_at=now)
    notify(found.account, "help_last_word", found.pk, now=now)
    return remark
