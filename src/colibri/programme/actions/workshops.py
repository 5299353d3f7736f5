"""The way of a workshop: proposed, agreed to, changed, called off, watched again."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from colibri.common.states import ChangedMeanwhile
from colibri.networks.plain import plain, plain_line
from colibri.people.actions import notify
from colibri.people.models import Account
from colibri.people.queries import animators_of, has_role
from colibri.programme.actions.places import hand_on_places, next_letter
from colibri.programme.models import WORKSHOP, CalendarKey, Workshop

__all__ = [
    "AlreadyThere",
    "agree_workshop",
    "call_off_workshop",
    "change_workshop",
    "keep_replay",
    "new_calendar_key",
    "propose_series",
    "propose_workshop",
    "return_workshop",
]


class AlreadyThere(Exception):
    """A workshop of this title begins at this moment already; `number` is its place in the series."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


@transaction.atomic
def propose_workshop(workshop: Workshop, by: Account, *, now: datetime) -> Workshop:
    """Keep a new workshop: what an animator proposes takes place, anything else waits for one."""
    kept = _kept(workshop, by, now=now)
    if kept.state == "proposed":
        _ask_animators(kept, now=now)
    return kept


def _kept(workshop: Workshop, by: Account, *, now: datetime) -> Workshop:
    _clean(workshop)
    agreed = has_role(by, workshop.collective, "animator")
    workshop.host, workshop.state, workshop.changed_at = by, "agreed" if agreed else "proposed", now
    workshop.save()
    return workshop


def _clean(workshop: Workshop) -> None:
    workshop.title, workshop.host_name = plain_line(workshop.title), plain_line(workshop.host_name)
    workshop.venue, workshop.series = plain_line(workshop.venue), plain_line(workshop.series)
    workshop.learn = plain(workshop.learn)


def _ask_animators(workshop: Workshop, *, now: datetime) -> None:
    for role in animators_of(workshop.collective):
        once = f"{now:%Y-%m-%dT%H:%M:%S}"
        notify(role.account, "workshop_proposed", workshop.pk, once=once, now=now)


@transaction.atomic
def propose_series(workshops: Sequence[Workshop], by: Account, *, now: datetime) -> list[Workshop]:
    """Keep a whole series or nothing; animators hear of it once. Raises `AlreadyThere`."""
    kept = []
    for number, one in enumerate(workshops):
        standing = Workshop.objects.filter(collective=one.collective).exclude(state="cancelled")
        if standing.filter(title=plain_line(one.title), starts_at=one.starts_at).exists():
            raise AlreadyThere(number)
        kept.append(_kept(one, by, now=now))
    if kept and kept[0].state == "proposed":
        _ask_animators(kept[0], now=now)
    return kept


@transaction.atomic
def change_workshop(workshop: Workshop, *, now: datetime) -> Workshop:
    """Keep what was changed. Who takes part hears when it moved, and places that were added are handed on.

    What was given back is proposed again.
    """
    before = Workshop.objects.select_for_update().get(pk=workshop.pk)
    if before.state == "cancelled":
        WORKSHOP.move(workshop, "proposed")  # raises: nothing leads out of it
    _clean(workshop)
    workshop.state, workshop.replay, workshop.remark = before.state, before.replay, before.remark
    workshop.changed_at, workshop.revision = now, before.revision + 1
    workshop.save()
    if before.state == "declined":
        WORKSHOP.move(workshop, "proposed", remark="")
        _ask_animators(workshop, now=now)
    if before.state == "agreed":
        moved = any(
            getattr(before, name) != getattr(workshop, name)
            for name in ("starts_at", "ends_at", "venue", "link")
        )
        _carry_along(workshop, moved=moved, now=now)
    return workshop


def _carry_along(workshop: Workshop, *, moved: bool, now: datetime) -> None:
    lucky = {one.pk for one in hand_on_places(workshop, now=now)}
    for one in workshop.registrations.filter(state="held").select_related("account"):
        one.workshop = workshop
        one.due_at = next_letter(one, now=now)
        one.save(update_fields=["due_at"])
        once = f"{workshop.revision}"
        if one.pk in lucky:
            notify(one.account, "workshop_place", one.pk, once=once, now=now)
        elif moved and workshop.ends_at > now:
            notify(one.account, "workshop_moved", one.pk, once=once, now=now)


@transaction.atomic
def agree_workshop(workshop: Workshop, by: Account, *, revision: int, now: datetime) -> None:
    """Let it take place as somebody read it: everybody sees it. Raises `WrongMove`, `ChangedMeanwhile`."""
    if not Workshop.objects.select_for_update().filter(pk=workshop.pk, revision=revision).exists():
        raise ChangedMeanwhile
    WORKSHOP.move(workshop, "agreed", remark="", changed_at=now)
    _tell_host(workshop, "workshop_agreed", by, now=now)


@transaction.atomic
def return_workshop(workshop: Workshop, remark: str, by: Account, *, now: datetime) -> None:
    """Give it back to its host with a word on what is missing. Raises `WrongMove`."""
    WORKSHOP.move(workshop, "declined", remark=plain(remark)[:1000], changed_at=now)
    _tell_host(workshop, "workshop_returned", by, now=now)


def _tell_host(workshop: Workshop, letter: str, by: Account, *, now: datetime) -> None:
    if workshop.host is not None and workshop.host_id != by.pk:
        notify(workshop.host, letter, workshop.pk, once=f"{now:%Y-%m-%dT%H:%M:%S}", now=now)


@transaction.atomic
def call_off_workshop(workshop: Workshop, remark: str, by: Account, *, now: datetime) -> int:
    """Call it off and tell who has a place or waits; returns how many. Raises `WrongMove`."""
    WORKSHOP.move(
        workshop,
        "cancelled",
        remark=plain(remark)[:1000],
        changed_at=now,
        revision=workshop.revision + 1,
    )
    standing = list(workshop.registrations.filter(state__in=["held", "waiting"]).select_related("account"))
    workshop.registrations.update(due_at=None)
    for one in standing:
        notify(one.account, "workshop_cancelled", one.pk, now=now)
    _tell_host(workshop, "workshop_called_off", by, now=now)
    return len(standing)


@transaction.atomic
def keep_replay(workshop: Workshop, address: str, *, now: datetime) -> None:
    """Keep where it can be watched again, and tell who had a place the first time."""
    had = Workshop.objects.select_for_update().values_list("replay", flat=True).get(pk=workshop.pk)
    Workshop.objects.filter(pk=workshop.pk).update(replay=address)
    workshop.replay = address
    if not address or had:
        return
    for one in workshop.registrations.filter(state__in=["held", "waiting"]).select_related("account"):
        notify(one.account, "workshop_replay", one.pk, now=now)


@transaction.atomic
def new_calendar_key(account: Account) -> CalendarKey:
    """A new address for somebody's calendar; the one before leads nowhere any more."""
    CalendarKey.objects.filter(account=account).delete()
    return CalendarKey.objects.create(account=account)
