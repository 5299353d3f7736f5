"""Offering help, resting, coming back, leaving."""

from datetime import datetime
from typing import Any

from django.db import transaction

from colibri.helping.actions.requesting import pass_on, wake_waiting
from colibri.helping.models import GIVING, Giving, HelpRequest
from colibri.people.actions import end_role, give_role
from colibri.people.models import Account, Collective, Role

__all__ = ["end_giving", "give_help", "hear_helper", "pause_giving", "resume_giving"]


@transaction.atomic
def give_help(account: Account, collective: Collective, *, now: datetime, **terms: Any) -> Giving:
    """Make an offer of help, or change its terms; one that rested or ended stands again."""
    giving, _made = Giving.objects.get_or_create(
        account=account, collective=collective, defaults={**terms, "since": now, "seen_at": now}
    )
    for name, value in terms.items():
        setattr(giving, name, value)
    giving.save(update_fields=list(terms))
    give_role(account, collective, "helper")
    if giving.state != "standing":
        GIVING.move(giving, "standing", asked_at=None, silent=False, seen_at=now)
    wake_waiting(collective, now=now)
    return giving


def hear_helper(giving: Giving, *, now: datetime) -> None:
    """A sign of life: what was asked because of silence is answered."""
    Giving.objects.filter(pk=giving.pk).update(seen_at=now)
    if Giving.objects.filter(pk=giving.pk, state="asked").exists():
        GIVING.move(giving, "standing", asked_at=None, silent=False)


@transaction.atomic
def pause_giving(giving: Giving, *, silent: bool = False, now: datetime) -> None:
    """Rest: nobody is asked any more, and what is open goes to others. Raises `WrongMove`."""
    GIVING.move(giving, "paused", silent=silent, asked_at=None)
    _relieve(giving, "vanished" if silent else "left", now)


@transaction.atomic
def resume_giving(giving: Giving, *, now: datetime) -> None:
    """Back in one tap; back already changes nothing."""
    if giving.state in ("paused", "asked"):
        GIVING.move(giving, "standing", silent=False, asked_at=None, seen_at=now)
        wake_waiting(giving.collective, now=now)


@transaction.atomic
def end_giving(giving: Giving, *, now: datetime) -> None:
    """Leave: what is open goes to others. Raises `WrongMove`."""
    GIVING.move(giving, "ended", silent=False, asked_at=None)
    _relieve(giving, "left", now)
    for role in Role.objects.filter(
        account=giving.account, collective=giving.collective, kind="helper", until=None
    ):
        end_role(role, now=now)


def _relieve(giving: Giving, why: str, now: datetime) -> None:
    for request in HelpRequest.objects.filter(giving=giving, state__in=["accepted", "answered"]):
        pass_on(request, why=why, now=now)
    asked = HelpRequest.objects.filter(state="offered", proposals__giving=giving, proposals__state="open")
    for request in asked:
        pass_on(request, why="silent" if why == "vanished" else "declined", now=now)
