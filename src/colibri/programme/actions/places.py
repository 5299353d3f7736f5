"""Places: taken, waited for, given back and handed on, each by one person at a time."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from colibri.compute.reminding import reminders, said_next
from colibri.networks.plain import plain
from colibri.people.actions import notify
from colibri.people.models import Account
from colibri.programme.actions.paths import complete_by_attendance
from colibri.programme.models import PLACE, Registration, Workshop
from colibri.programme.queries import clocks_of

__all__ = [
    "TooLate",
    "give_back_place",
    "give_feedback",
    "hand_on_places",
    "mark_attendance",
    "next_letter",
    "take_place",
]


class TooLate(Exception):
    """The workshop is over, was called off, or has not begun yet, so that this has no sense now."""


@transaction.atomic
def take_place(account: Account, workshop: Workshop, *, now: datetime) -> Registration:
    """Take a place or, where none is left, one on the waiting list. Raises `TooLate`.

    Who has one already keeps it. The workshop's row is locked, so that the last place has one taker.
    """
    locked = Workshop.objects.select_for_update().select_related("collective").get(pk=workshop.pk)
    if locked.state != "agreed" or locked.ends_at <= now:
        raise TooLate(locked.public_id)
    taken, _made = Registration.objects.get_or_create(
        workshop=locked, account=account, defaults={"since": now}
    )
    if taken.state == "left":
        PLACE.move(taken, "waiting", since=now, came=None)
    if taken.state == "waiting":
        _tell(hand_on_places(locked, now=now), besides=account, now=now)
        taken.refresh_from_db()
    return taken


@transaction.atomic
def give_back_place(account: Account, workshop: Workshop, *, now: datetime) -> None:
    """Give a place, or the wait for one, back; whoever waits longest gets it and is told.

    Raises `TooLate` where it is over: who came, came.
    """
    locked = Workshop.objects.select_for_update().select_related("collective").get(pk=workshop.pk)
    if locked.ends_at <= now:
        raise TooLate(locked.public_id)
    mine = Registration.objects.filter(workshop=locked, account=account).first()
    if mine is None or mine.state == "left":
        return
    PLACE.move(mine, "left", due_at=None)
    if locked.state == "agreed":
        _tell(hand_on_places(locked, now=now), besides=account, now=now)


def hand_on_places(workshop: Workshop, *, now: datetime) -> list[Registration]:
    """Give what places are free to those who wait longest; returns them. The caller holds the row's lock."""
    held = workshop.registrations.filter(state="held").count()
    waiting = workshop.registrations.filter(state="waiting").select_related("account")
    lucky = list(waiting.order_by("since", "pk")[: max(workshop.places - held, 0)])
    for one in lucky:
        one.workshop = workshop
        PLACE.move(one, "held", due_at=next_letter(one, now=now), attempts=0)
    return lucky


def next_letter(registration: Registration, *, now: datetime) -> datetime | None:
    """When somebody is reminded next, by their own clocks."""
    workshop = registration.workshop
    zone = clocks_of(registration.account, workshop.collective)
    return said_next(reminders(workshop.starts_at, workshop.ends_at, zone), now)


def _tell(lucky: list[Registration], *, besides: Account, now: datetime) -> None:
    for one in lucky:
        if one.account_id != besides.pk:
            notify(one.account, "workshop_place", one.pk, once=f"{one.since:%Y-%m-%dT%H:%M:%S}", now=now)


@transaction.atomic
def mark_attendance(workshop: Workshop, came: Collection[int], *, now: datetime) -> int:
    """Note who came, by the numbers of their registrations, and that the others did not; returns how many.

    Who came has done the step of workshops on their way. Raises `TooLate` before it began.
    """
    if now < workshop.starts_at:
        raise TooLate(workshop.public_id)
    held = workshop.registrations.filter(state="held")
    held.exclude(pk__in=came).update(came=False)
    there = held.filter(pk__in=came)
    complete_by_attendance(list(there.values_list("account", flat=True)), workshop.collective, now=now)
    return there.update(came=True)


def give_feedback(registration: Registration, useful: str, word: str, *, now: datetime) -> None:
    """Say whether it was useful; saying it again replaces it. Raises `TooLate` before it began."""
    if registration.state != "held" or now < registration.workshop.starts_at:
        raise TooLate(registration.workshop.public_id)
    rows = Registration.objects.filter(pk=registration.pk)
    rows.update(useful=useful, word=plain(word)[:600])
