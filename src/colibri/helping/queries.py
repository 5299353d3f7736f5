"""Who gives what, who waits for what, who may see it, and what pairing is told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from colibri.compute.classes import family_of, region_of
from colibri.compute.pairing import Helpers, Seekers
from colibri.helping.models import (
    HOURS,
    KINDS,
    LANGUAGES,
    Giving,
    HelpRequest,
    Mentorship,
    NextStep,
    Proposal,
    Remark,
)
from colibri.people.models import Account, Collective
from colibri.people.queries import kept_apart

__all__ = [
    "Table",
    "blocked",
    "giving_of",
    "givings_of",
    "helper_of",
    "helping_now",
    "last_word",
    "may_leave_word",
    "mentorship_of",
    "next_steps_of",
    "proposal_of_link",
    "proposals_to",
    "remarks_of",
    "request_seen_by",
    "requests_of",
    "table_of",
    "waits_for_helper",
]

A_WEEK = timedelta(days=7)
PRIOR_ANSWERED, PRIOR_ASKED = 2, 3
"""What is assumed of a helper before much is known: two of three are answered."""
ANSWERED = ("accepted", "declined", "left", "done")
SILENT = ("silent", "vanished")
_KIND = {code: 1 << place for place, (code, _label) in enumerate(KINDS)}
_HOUR = {code: 1 << place for place, (code, _label) in enumerate(HOURS)}
_LANGUAGE = {code: 1 << place for place, (code, _label) in enumerate(LANGUAGES)}


def giving_of(account: Account, collective: Collective) -> Giving | None:
    """What the account gives in the collective, also when it is over."""
    return Giving.objects.filter(account=account, collective=collective).first()


def givings_of(account: Account) -> QuerySet[Giving]:
    """Every offer of help of the account that is not over."""
    return Giving.objects.filter(account=account).exclude(state="ended").select_related("collective")


def requests_of(account: Account) -> QuerySet[HelpRequest]:
    """What the account asked for, newest first."""
    own = HelpRequest.objects.filter(account=account)
    return own.select_related("collective", "giving__account").defer("words", "text").order_by("-created_at")


def proposals_to(account: Account) -> QuerySet[Proposal]:
    """Requests the account is asked to take, longest waiting first."""
    asked = Proposal.objects.filter(giving__account=account, state="open")
    return asked.select_related("request__collective", "request__account", "giving").order_by("asked_at")


def helping_now(account: Account) -> QuerySet[HelpRequest]:
    """Requests the account helps with."""
    found = HelpRequest.objects.filter(giving__account=account, state__in=["accepted", "answered"])
    return found.select_related("collective", "account").order_by("accepted_at")


def helper_of(request: HelpRequest) -> Account | None:
    """Who helps with it now, or did when it ended."""
    return request.giving.account if request.giving is not None else None


def request_seen_by(account: Account | AnonymousUser, public_id: str) -> HelpRequest | None:
    """The request of this name, for the two it is between: its seeker, and who helps or is asked to.

    Nobody else, animators and operators included.
    """
    if not isinstance(account, Account) or not account.is_active:
        return None
    two = Q(account=account) | Q(giving__account=account)
    two |= Q(proposals__giving__account=account, proposals__state="open")
    rows = HelpRequest.objects.filter(two, public_id=public_id).distinct()
    return rows.select_related("collective", "account", "giving__account").first()


def proposal_of_link(subject: str) -> Proposal | None:
    """The proposal a signed link speaks of."""
    rows = Proposal.objects.select_related("request__collective", "request__account", "giving__account")
    return rows.filter(pk=subject, giving__account__is_active=True).first()


def remarks_of(request: HelpRequest, reader: Account) -> list[Remark]:
    """What the two wrote, oldest first. Who helps now does not read what was written with somebody before."""
    rows = request.remarks.select_related("author")
    if reader.pk != request.account_id and request.accepted_at is not None:
        rows = rows.filter(written_at__gte=request.accepted_at)
    return list(rows)


def mentorship_of(request: HelpRequest) -> Mentorship | None:
    """The mentorship it became, if any."""
    return Mentorship.objects.filter(request=request).select_related("request__collective").first()


def next_steps_of(account: Account) -> list[NextStep]:
    """What the account and their mentors agreed to do next, oldest first."""
    going = NextStep.objects.filter(done_at=None, mentorship__request__account=account)
    return list(going.exclude(mentorship__state="over").select_related("mentorship__request"))


def last_word(request: HelpRequest) -> Remark | None:
    """What was written last."""
    return request.remarks.order_by("-written_at", "-pk").first()


def may_leave_word(request: HelpRequest, account: Account) -> bool:
    """Whether this helper may leave a last word: it is over, they helped, and left none yet."""
    if request.state != "closed" or request.forgotten or helper_of(request) != account:
        return False
    said = request.remarks.filter(author=account, written_at__gte=request.closed_at)
    helped = request.proposals.filter(giving=request.giving, state="done")
    return helped.exists() and not said.exists() and not blocked(request, account)


def waits_for_helper(request: HelpRequest) -> bool:
    """Whether it is the helper's turn: nothing written yet, or the seeker wrote last."""
    if request.state == "accepted":
        return True
    word = last_word(request)
    return request.state == "answered" and word is not None and word.author_id == request.account_id


def blocked(request: HelpRequest, account: Account) -> bool:
    """Whether the two keep apart."""
    apart = kept_apart(request.collective)
    return apart.between((None, request.account_id), (None, account.pk))


@dataclass(frozen=True)
class Table:
    """What pairing is told, with the rows its numbers stand for."""

    requests: list[HelpRequest]
    givings: list[Giving]
    seekers: Seekers
    helpers: Helpers
    apart: np.ndarray


def table_of(collective: Collective, *, now: datetime) -> Table:
    """Everybody who waits in a collective, and everybody who gives there."""
    waiting = HelpRequest.objects.filter(collective=collective, state="waiting")
    requests = list(waiting.defer("words", "text").order_by("created_at", "pk"))
    standing = Giving.objects.filter(collective=collective, state="standing", account__is_active=True)
    givings = list(standing.order_by("pk"))
    number = {giving.pk: place for place, giving in enumerate(givings)}
    return Table(
        requests,
        givings,
        _seekers(requests, number, now),
        _helpers(givings, now),
        _apart(collective, requests, givings, number),
    )


def _bits(codes: list[str], known: dict[str, int]) -> int:
    return sum(known[code] for code in set(codes) if code in known)


def _domain(occupation: str) -> int:
    return int.from_bytes(occupation[:3].upper().encode()) if occupation else 0


def _seekers(requests: list[HelpRequest], number: dict[int, int], now: datetime) -> Seekers:
    met = Proposal.objects.filter(request__account__in=[one.account_id for one in requests], state="done")
    known = {
        account: number.get(giving, -1) for account, giving in met.values_list("request__account", "giving")
    }
    return Seekers(
        kind=np.array([_KIND[one.kind] for one in requests], dtype=np.int64),
        languages=np.array([_bits(one.languages, _LANGUAGE) or 1 for one in requests], dtype=np.int64),
        hours=np.array([_bits(one.hours, _HOUR) for one in requests], dtype=np.int64),
        family=np.array([family_of(one.occupation) for one in requests], dtype=np.int64),
        domain=np.array([_domain(one.occupation) for one in requests], dtype=np.int64),
        region=np.array([region_of(one.region) for one in requests], dtype=np.int64),
        waited=np.array([max((now - one.created_at) / timedelta(days=1), 0.0) for one in requests]),
        known=np.array([known.get(one.account_id, -1) for one in requests], dtype=np.int64),
        own_trade=np.array([one.kind == "trade" for one in requests], dtype=np.int64),
    )


def _helpers(givings: list[Giving], now: datetime) -> Helpers:
    taken: dict[int, int] = {}
    answered: dict[int, list[int]] = {}
    rows = Proposal.objects.filter(giving__in=givings).values_list("giving", "state", "ended_at")
    for giving, state, ended in rows:
        fresh = state == "done" and ended is not None and ended > now - A_WEEK
        taken[giving] = taken.get(giving, 0) + (state in ("open", "accepted") or fresh)
        counts = answered.setdefault(giving, [PRIOR_ANSWERED, PRIOR_ASKED])
        counts[0] += state in ANSWERED
        counts[1] += state in ANSWERED + SILENT
    shares = [min(taken.get(one.pk, 0) / one.a_week, 1.0) for one in givings]
    rates = [answered.get(one.pk, [PRIOR_ANSWERED, PRIOR_ASKED]) for one in givings]
    return Helpers(
        kinds=np.array([_bits(one.kinds, _KIND) or 1 for one in givings], dtype=np.int64),
        languages=np.array([_bits(one.languages, _LANGUAGE) or 1 for one in givings], dtype=np.int64),
        hours=np.array([_bits(one.hours, _HOUR) for one in givings], dtype=np.int64),
        families=np.array(
            [sum(1 << family_of(f) for f in set(one.families)) for one in givings], dtype=np.int64
        ),
        domain=np.array([_domain(one.occupation) for one in givings], dtype=np.int64),
        region=np.array([region_of(one.region) for one in givings], dtype=np.int64),
        places=np.array([max(one.a_week - taken.get(one.pk, 0), 0) for one in givings], dtype=np.int64),
        load=np.array(shares, dtype=np.float64),
        answers=np.array([good / asked for good, asked in rates], dtype=np.float64),
    )


def _apart(
    collective: Collective, requests: list[HelpRequest], givings: list[Giving], number: dict[int, int]
) -> np.ndarray:
    """Pairs that may not be: oneself, people who keep apart, and whoever was asked already."""
    place = {one.pk: index for index, one in enumerate(requests)}
    asked = Proposal.objects.filter(request__in=requests, giving__in=givings).values_list("request", "giving")
    pairs = {(place[one], number[other]) for one, other in asked}
    apart = kept_apart(collective)
    of_account = {giving.account_id: index for index, giving in enumerate(givings)}
    for index, one in enumerate(requests):
        if one.account_id in of_account:
            pairs.add((index, of_account[one.account_id]))
        if apart.concerns((None, one.account_id)):
            for account, other in of_account.items():
                if apart.between((None, one.account_id), (None, account)):
                    pairs.add((index, other))
    return np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
