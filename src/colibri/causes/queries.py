"""Who may see a cause, and how far it has come."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import Q, QuerySet

from colibri.causes.models import Ally, Cause, News
from colibri.people.models import Account, Collective
from colibri.people.queries import has_role
from colibri.relays.queries import reach_by_day, reach_of_appeal

__all__ = [
    "OPEN",
    "PUBLIC",
    "STANDING",
    "TOLD",
    "Progress",
    "ally_of",
    "cause_named",
    "causes_changed",
    "causes_of",
    "group_of",
    "is_public",
    "may_judge",
    "may_steer",
    "progress_of",
    "public_causes",
    "told_causes",
]

PUBLIC = ("active", "paused", "expired")
"""States of the appeal in which everybody may read the cause."""
STANDING = ("accepted", *PUBLIC)
"""States in which an animator has accepted its words: others wait until one has read them."""
OPEN = ("draft", "submitted", "refused", *STANDING)
TOLD = ("saved", "postponed", "lost")
"""The ends a cause can have; it stays readable after them."""
KEPT_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a cause has come: distinct people who could have seen it, by day, allies, words received."""

    people: int
    by_day: list[tuple[date, int]]
    allies: int
    offers: int


def cause_named(public_id: str) -> Cause | None:
    """The cause of this address."""
    rows = Cause.objects.select_related("appeal__collective", "appeal__account")
    return rows.filter(appeal__public_id=public_id).first()


def is_public(cause: Cause) -> bool:
    """Whether everybody may read it."""
    return cause.appeal.state in PUBLIC or cause.appeal.ending in TOLD


def ally_of(cause: Cause, account: Account | AnonymousUser) -> Ally | None:
    """The person's place in the group, None outside of it."""
    return group_of(cause).filter(account=account).first() if isinstance(account, Account) else None


def group_of(cause: Cause) -> QuerySet[Ally]:
    """Who is in its group, its beginner first."""
    return cause.allies.filter(out_since=None)


def may_steer(cause: Cause, account: Account | AnonymousUser) -> bool:
    """Who began it and, once it was handed to them, the collective's animators."""
    if not isinstance(account, Account):
        return False
    return cause.appeal.account_id == account.pk or may_judge(cause, account)


def may_judge(cause: Cause, account: Account | AnonymousUser) -> bool:
    """The collective's animators; what is still a private group's is not shown to them."""
    appeal = cause.appeal
    if not isinstance(account, Account) or appeal.state == "draft":
        return False
    return has_role(account, appeal.collective, "animator")


def public_causes(collective: Collective) -> QuerySet[Cause]:
    """What everybody may read: open ones by their date, nearest first."""
    rows = Cause.objects.filter(appeal__collective=collective, appeal__state__in=PUBLIC)
    return rows.select_related("appeal").order_by("deadline")


def told_causes(collective: Collective) -> QuerySet[Cause]:
    """Those whose end was told, the newest first."""
    rows = Cause.objects.filter(appeal__collective=collective, appeal__ending__in=TOLD)
    return rows.select_related("appeal").order_by("-appeal__closed_at")


def causes_changed(collective: Collective) -> QuerySet[Cause]:
    """Causes with a change or news of which everybody reads nothing before an animator has."""
    rows = Cause.objects.filter(appeal__collective=collective, appeal__state__in=STANDING)
    waiting = Q(change__declined=False) | Q(pk__in=News.objects.filter(waits=True).values("cause"))
    return rows.filter(waiting).select_related("appeal").order_by("deadline")


def causes_of(account: Account) -> QuerySet[Cause]:
    """The causes a person belongs to and that are not over."""
    rows = Cause.objects.filter(allies__account=account, allies__out_since=None, appeal__state__in=OPEN)
    return rows.select_related("appeal__collective").order_by("deadline")


def progress_of(cause: Cause) -> Progress:
    """Counted anew every ten minutes."""
    appeal = cause.appeal
    key = f"causes.progress.{cause.pk}"
    counted = cache.get(key)
    if counted is None:
        counted = (reach_of_appeal(appeal).people, reach_by_day(appeal))
        cache.set(key, counted, KEPT_SECONDS)
    offers = appeal.answers.filter(state="forwarded").count()
    people, by_day = counted
    return Progress(people, by_day, group_of(cause).count(), offers)
