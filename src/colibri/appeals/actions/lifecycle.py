"""Submitting, accepting, refusing, pausing, renewing, closing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.dispatch import Signal

from colibri.appeals.actions.publishing import appeal_relayed, plan_deletions, plan_publications
from colibri.appeals.models import APPEAL, Appeal, Decision
from colibri.appeals.queries import open_appeals_like
from colibri.common.states import WrongMove
from colibri.people.actions import give_consent, give_role, withdraw_consent
from colibri.people.models import Account
from colibri.people.queries import may_act

__all__ = [
    "LASTS",
    "NeedsConsent",
    "OneAlready",
    "accept_appeal",
    "appeal_renewed",
    "appeal_stopped",
    "close_appeal",
    "confirm_appeal",
    "correct_appeal",
    "end_appeal_as",
    "expire_appeals",
    "only_one",
    "pause_appeal",
    "refuse_appeal",
    "renew_appeal",
    "resume_appeal",
    "send_back",
]

LASTS = timedelta(days=30)
"""An appeal is relayed for 30 days, then renewed by its author or expired."""

appeal_stopped = Signal()
"""Sent with `appeal` and `now` inside the transaction that closes it: what stands of it is undone above."""

appeal_renewed = Signal()
"""Sent with `appeal` and `now` when its author says that they still look."""


class NeedsConsent(Exception):
    """Its author has not agreed to be relayed."""


class OneAlready(Exception):
    """Its author has another open appeal in this collective."""


@contextmanager
def only_one() -> Iterator[None]:
    """What opens an appeal, or gives it to somebody, inside. Raises `OneAlready`; nothing is kept then."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as fault:
        raise OneAlready from fault


@transaction.atomic
def confirm_appeal(appeal: Appeal, *, account: Account | None, by: str, now: datetime) -> None:
    """Its author says yes: write down the consent and hand the appeal to the charter and the animators.

    `by` is "page" or the URI of the answer. Raises `WrongMove` where it is no draft any more.
    """
    if account is not None and appeal.account_id is None:
        with only_one():
            Appeal.objects.filter(pk=appeal.pk, account=None).update(account=account)
        appeal.account = account
    give_consent(
        appeal.collective, "be_relayed", account=appeal.account, identity=appeal.identity, by=by, now=now
    )
    if account is not None:
        give_role(account, appeal.collective, "seeker")
    judge(appeal, now=now)


def judge(appeal: Appeal, *, now: datetime) -> None:
    """Apply the charter: refused, waiting for an animator, or accepted where the rules are trusted."""
    verdict = appeal.verdict
    if verdict.outcome == "refused":
        refuse_appeal(appeal, verdict.reason, by=None, now=now)
        return
    with only_one():
        APPEAL.move(appeal, "submitted", refusal="")
    understood = appeal.understood
    sure = verdict.outcome == "accepted" and understood is not None and not understood.questions
    if appeal.collective.auto_accept and sure:
        accept_appeal(appeal, by=None, now=now)


@transaction.atomic
def accept_appeal(appeal: Appeal, *, by: Account | None, now: datetime) -> None:
    """Let it be relayed: a search for 30 days, a cause until its date.

    Raises `NeedsConsent`, or `WrongMove` where somebody else decided first.
    """
    if not may_act(appeal.collective, appeal.yes_to_relay, account=appeal.account, identity=appeal.identity):
        raise NeedsConsent
    until = appeal.expires_at if appeal.kind == "cause" else now + LASTS
    APPEAL.move(appeal, "accepted", accepted_at=now, expires_at=until, reminded="")
    Decision.objects.create(appeal=appeal, kind="accepted", by=by, decided_at=now)
    plan_publications(appeal, now=now)
    activate(appeal, now=now)


def activate(appeal: Appeal, *, now: datetime) -> None:
    """Relayed from now on, if a post of it is live."""
    if appeal.state == "accepted" and appeal.publications.filter(state="live").exists():
        APPEAL.move(appeal, "active")
        appeal_relayed.send(Appeal, appeal=appeal, now=now)


@transaction.atomic
def refuse_appeal(appeal: Appeal, reason: str, *, by: Account | None, now: datetime) -> None:
    """Not relayed, with a reason of `Appeal.refusals`. Raises `WrongMove`."""
    APPEAL.move(appeal, "refused", refusal=reason)
    Decision.objects.create(appeal=appeal, kind="refused", reason=reason, by=by, decided_at=now)


def pause_appeal(appeal: Appeal) -> None:
    """No new boosts until resumed. Raises `WrongMove`."""
    APPEAL.move(appeal, "paused")


def resume_appeal(appeal: Appeal, *, now: datetime) -> None:
    """Relayed again. Raises `WrongMove`, or `NeedsConsent` where consent was withdrawn meanwhile."""
    if appeal.state != "paused":
        raise WrongMove(appeal, "active")
    if not may_act(appeal.collective, appeal.yes_to_relay, account=appeal.account, identity=appeal.identity):
        raise NeedsConsent
    APPEAL.move(appeal, "active")


def renew_appeal(appeal: Appeal, *, now: datetime) -> None:
    """Another 30 days, said by its author. Raises `WrongMove` where it is not relayed, or over."""
    if appeal.state == "expired":
        APPEAL.move(appeal, "active")
    standing = Appeal.objects.filter(pk=appeal.pk, state__in=["active", "paused"])
    if not standing.update(expires_at=now + LASTS, reminded=""):
        appeal.refresh_from_db(fields=["state"])
        raise WrongMove(appeal, "active")
    appeal.expires_at = now + LASTS
    appeal_renewed.send(Appeal, appeal=appeal, now=now)


@transaction.atomic
def send_back(appeal: Appeal, *, by: Account | None = None, now: datetime) -> None:
    """To the animators again: its sense changed, or one of them says so. Raises `WrongMove`, `OneAlready`."""
    with only_one():
        APPEAL.move(appeal, "submitted")
    Decision.objects.create(appeal=appeal, kind="sent_back", by=by, decided_at=now)


@transaction.atomic
def close_appeal(appeal: Appeal, ending: str, *, by: str, now: datetime) -> None:
    """End it for a reason of `Appeal.ENDINGS`: boosts are undone, posts made for its author deleted.

    Closing what is closed changes nothing.
    """
    try:
        APPEAL.move(appeal, "closed", ending=ending, closed_at=now)
    except WrongMove:
        return
    if not open_appeals_like(appeal).exists():
        # What its author agreed to was for this search: the next one asks anew.
        for purpose in {appeal.yes_to_relay, appeal.yes_to_publish}:
            withdraw_consent(
                appeal.collective, purpose, account=appeal.account, identity=appeal.identity, by=by, now=now
            )
    plan_deletions(appeal, now=now)
    appeal_stopped.send(Appeal, appeal=appeal, now=now)


@transaction.atomic
def end_appeal_as(appeal: Appeal, ending: str, *, by: str, now: datetime) -> None:
    """`close_appeal`, or where its author ended it before, correct how it ended."""
    if Appeal.objects.filter(pk=appeal.pk, state="closed").update(ending=ending):
        appeal.ending = ending
    else:
        close_appeal(appeal, ending, by=by, now=now)


@transaction.atomic
def correct_appeal(appeal: Appeal, changes: dict[str, object]) -> None:
    """Keep what was corrected, by column: occupation, place, region, contracts, strengths, link and so on."""
    Appeal.objects.filter(pk=appeal.pk).update(**changes)
    appeal.refresh_from_db()


def expire_appeals(*, now: datetime) -> int:
    """End the time of those nobody renewed; returns how many."""
    return Appeal.objects.filter(state__in=APPEAL.before("expired"), expires_at__lt=now).update(
        state="expired"
    )
