"""Programmes and their cohorts, how far somebody is, and how far all are together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet, Sum

from colibri.audiences.queries import tables
from colibri.people.models import Account, Collective
from colibri.people.queries import has_role
from colibri.programme.models import Cohort, Gift, Partner, Programme, Progress, Step, StepCount, Walk

__all__ = [
    "Stage",
    "Stand",
    "cohort_seen_by",
    "cohorts_run",
    "gifts_by_kind",
    "joinable",
    "next_stages",
    "opened",
    "partner_seen_by",
    "partners_spoken_for",
    "programmes_of",
    "region_name",
    "stages_of",
    "stands_of",
    "walk_of",
    "walks_of",
]

WALKS_SHOWN = 3
"""Cohorts of one person that a page tells of at once."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A step as one person has it before them: `state` is done, skipped, open, or later."""

    step: Step
    state: str
    word: str


@dataclass(frozen=True, slots=True)
class Stand:
    """A step as a cohort has it: how many did it, left it out, or have it ahead."""

    step: Step
    done: int
    skipped: int
    ahead: int


def programmes_of(collective: Collective) -> QuerySet[Any]:
    """A collective's programmes with their steps and the cohorts one can join."""
    joinable = Cohort.objects.filter(state="open").order_by("begins_on", "pk")
    found = Programme.objects.filter(collective=collective)
    return found.prefetch_related("steps", Prefetch("cohorts", queryset=joinable, to_attr="joinable"))


def cohorts_run(collective: Collective) -> QuerySet[Cohort]:
    """Every cohort of a collective, newest first."""
    return Cohort.objects.filter(programme__collective=collective).select_related("programme")


def cohort_seen_by(account: Account | AnonymousUser, public_id: str) -> Cohort | None:
    """The cohort of this name; one that is being prepared is its animators' alone."""
    found = Cohort.objects.filter(public_id=public_id).select_related("programme__collective").first()
    if found is None or found.state != "planned":
        return found
    runs = isinstance(account, Account) and has_role(account, found.programme.collective, "animator")
    return found if runs else None


def walk_of(account: Account | AnonymousUser, cohort: Cohort) -> Walk | None:
    """Somebody's way with a cohort, where they did not leave it."""
    if not isinstance(account, Account):
        return None
    return Walk.objects.filter(cohort=cohort, account=account).exclude(state="left").first()


def walks_of(account: Account) -> QuerySet[Walk]:
    """Where somebody is on the way, newest cohort first."""
    mine = Walk.objects.filter(account=account).exclude(state="left")
    return mine.select_related("cohort__programme__collective").order_by("-since", "-pk")


def opened(step: Step, behind: set[int]) -> bool:
    """Whether a step is open to somebody who has these behind them."""
    return step.after_id is None or step.after_id in behind


def stages_of(walk: Walk, steps: Sequence[Step]) -> list[Stage]:
    """Each step as this person has it."""
    known = {one.step_id: one for one in Progress.objects.filter(walk=walk)}
    stages = []
    for step in steps:
        mine = known.get(step.pk)
        state = mine.kind if mine else "open" if opened(step, set(known)) else "later"
        stages.append(Stage(step, state, mine.word if mine else ""))
    return stages


def next_stages(account: Account) -> list[tuple[Walk, Step]]:
    """The step before somebody in each open cohort they walk with, newest cohort first."""
    found = []
    for walk in walks_of(account).filter(state="walking", cohort__state="open")[:WALKS_SHOWN]:
        stages = stages_of(walk, list(walk.cohort.programme.steps.all()))
        found += [(walk, stage.step) for stage in stages if stage.state == "open"][:1]
    return found


def stands_of(cohort: Cohort, steps: Sequence[Step]) -> list[Stand]:
    """Each step as the cohort has it, from the counts that are kept."""
    counts = {one.step_id: one for one in StepCount.objects.filter(cohort=cohort)}
    stands = []
    for step in steps:
        kept = counts.get(step.pk)
        done, skipped = (kept.done, kept.skipped) if kept else (0, 0)
        stands.append(Stand(step, done, skipped, max(cohort.walkers - done - skipped, 0)))
    return stands


def region_name(code: str) -> str:
    """A region by its name; empty for everywhere."""
    return next((one.name for one in tables().regions if one.code == code), "")


def partner_seen_by(account: Account, public_id: str) -> Partner | None:
    """The partner of this name, for the collective's animators and who speaks for it."""
    found = Partner.objects.filter(public_id=public_id).select_related("collective").first()
    if found is None:
        return None
    speaks = found.contact_id == account.pk
    return found if speaks or has_role(account, found.collective, "animator") else None


def partners_spoken_for(account: Account) -> QuerySet[Partner]:
    """The organisations somebody speaks for."""
    return Partner.objects.filter(contact=account).select_related("collective")


def gifts_by_kind(partner: Partner) -> list[tuple[str, int]]:
    """What a partner gave in all, each kind by its name."""
    sums = dict(Gift.objects.filter(partner=partner).order_by().values_list("kind").annotate(Sum("number")))
    return [(str(label), int(sums[kind])) for kind, label in Gift.KINDS if kind in sums]


def joinable(cohort: Cohort, today: date) -> bool:
    """Whether somebody can join it today."""
    return cohort.state == "open" and today <= cohort.ends_on and cohort.walkers < cohort.places
