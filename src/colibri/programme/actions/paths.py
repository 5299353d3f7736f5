"""Programmes made and changed, cohorts opened and closed, steps taken by those who walk them."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import translation

from colibri.common.states import WrongMove
from colibri.networks.plain import plain, plain_line
from colibri.people.models import Account, Collective
from colibri.programme.models import COHORT, WALK, Cohort, Programme, Progress, Step, StepCount, Walk
from colibri.programme.queries import opened
from colibri.programme.six_steps import NAME, SIX_STEPS, SUMMARY

__all__ = [
    "CohortClosed",
    "CohortFull",
    "NotOpenYet",
    "change_cohort",
    "change_step",
    "close_cohort",
    "complete_by_attendance",
    "count_again",
    "join_cohort",
    "leave_cohort",
    "make_programme",
    "mark_step",
    "open_cohort",
    "remove_step",
]


class CohortClosed(Exception):
    """The cohort is not open: what was done in it stays, nothing is added."""


class CohortFull(Exception):
    """Every place of the cohort is taken."""


class NotOpenYet(Exception):
    """The step opens after another one."""


@transaction.atomic
def make_programme(collective: Collective, language: str) -> Programme:
    """A programme of six steps in a language, for organisers to put into their own words."""
    with translation.override(language):
        made = Programme.objects.create(
            collective=collective, name=str(NAME), summary=str(SUMMARY), language=language
        )
        steps: list[Step] = []
        for position, one in enumerate(SIX_STEPS, start=1):
            before = steps[one.after - 1] if one.after else None
            steps.append(
                Step.objects.create(
                    programme=made,
                    position=position,
                    kind=one.kind,
                    title=str(one.title),
                    text=str(one.text),
                    after=before,
                )
            )
    return made


def change_step(step: Step) -> Step:
    """Keep a step's words, new or changed."""
    step.title, step.text = plain_line(step.title), plain(step.text)
    step.save()
    return step


def remove_step(step: Step) -> None:
    """Take a step out; what opened after it is open at once."""
    step.delete()


def change_cohort(cohort: Cohort) -> Cohort:
    """Keep a cohort's name, days, region and places."""
    cohort.name = plain_line(cohort.name)
    if cohort._state.adding:
        cohort.save()
    else:
        cohort.save(update_fields=["name", "region", "begins_on", "ends_on", "places"])
    return cohort


def open_cohort(cohort: Cohort) -> None:
    """Let people join. Raises `WrongMove`."""
    COHORT.move(cohort, "open")


def close_cohort(cohort: Cohort, *, now: datetime) -> None:
    """Nobody joins or takes a step any more; what was done stays. Raises `WrongMove`."""
    COHORT.move(cohort, "closed", closed_at=now)


def _standing(cohort: Cohort) -> Cohort:
    """The cohort with its row locked. Raises `CohortClosed`."""
    locked = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if locked.state != "open":
        cohort.state, cohort.closed_at = locked.state, locked.closed_at
        raise CohortClosed(locked.public_id)
    return locked


@transaction.atomic
def join_cohort(account: Account, cohort: Cohort, *, now: datetime) -> Walk:
    """Walk with a cohort; who does so already goes on. Raises `CohortClosed`, `CohortFull`."""
    locked = _standing(cohort)
    walk = Walk.objects.filter(cohort=locked, account=account).first()
    if walk is not None and walk.state != "left":
        return walk
    if locked.walks.exclude(state="left").count() >= locked.places:
        raise CohortFull(locked.public_id)
    if walk is None:
        walk = Walk.objects.create(cohort=locked, account=account, since=now)
    else:
        WALK.move(walk, "walking", since=now)
    count_again(locked)
    return walk


@transaction.atomic
def leave_cohort(walk: Walk) -> None:
    """Walk no further; the place is free again and what was noted of steps is forgotten.

    Raises `CohortClosed`, or `WrongMove` for who left already.
    """
    locked = _standing(walk.cohort)
    if walk.state == "finished":
        WALK.move(walk, "walking")
    WALK.move(walk, "left")
    steps = list(walk.progress.values_list("step", flat=True))
    walk.progress.all().delete()
    count_again(locked, steps)


@transaction.atomic
def mark_step(walk: Walk, step: Step, kind: str, word: str, *, now: datetime) -> None:
    """Note a step as done or left out, or with `kind` empty as before one again.

    Raises `CohortClosed`, `NotOpenYet`, and `WrongMove` for who left.
    """
    locked = _standing(walk.cohort)
    walk.refresh_from_db(fields=["state"])
    if walk.state == "left":
        raise WrongMove(walk, "walking")
    behind = set(walk.progress.values_list("step", flat=True))
    if kind and not opened(step, behind):
        raise NotOpenYet(step.title)
    if kind:
        Progress.objects.update_or_create(
            walk=walk, step=step, defaults={"kind": kind, "word": plain_line(word)[:300], "at": now}
        )
    else:
        walk.progress.filter(step=step).delete()
    count_again(locked, [step.pk])
    whole = not Step.objects.filter(programme=locked.programme_id).exclude(progress__walk=walk).exists()
    if whole and walk.state == "walking":
        WALK.move(walk, "finished")
    elif not whole and walk.state == "finished":
        WALK.move(walk, "walking")


def count_again(cohort: Cohort, steps: Collection[int] = ()) -> None:
    """Count who walks, and these steps, from the rows. The caller holds the cohort's lock."""
    standing = cohort.walks.exclude(state="left")
    Cohort.objects.filter(pk=cohort.pk).update(walkers=standing.count())
    for step in steps:
        marks = Progress.objects.filter(walk__cohort=cohort, step=step)
        StepCount.objects.update_or_create(
            cohort=cohort,
            step_id=step,
            defaults={name: marks.filter(kind=name).count() for name in ("done", "skipped")},
        )


def complete_by_attendance(accounts: Collection[int], collective: Collective, *, now: datetime) -> int:
    """Who came to a workshop has done the step of workshops, where it is open to them; returns how many."""
    walks = Walk.objects.filter(
        account__in=accounts,
        state="walking",
        cohort__state="open",
        cohort__programme__collective=collective,
    )
    done = 0
    for walk in walks.select_related("cohort"):
        ahead = Step.objects.filter(programme=walk.cohort.programme_id, kind="workshops")
        for step in ahead.exclude(progress__walk=walk):
            try:
                mark_step(walk, step, "done", "", now=now)
            except (NotOpenYet, CohortClosed):
                continue
            done += 1
    return done
