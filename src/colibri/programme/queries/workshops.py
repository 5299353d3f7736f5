"""Which workshops are ahead, who takes part in them, and who may lead one."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Greatest

from colibri.people.models import Account, Collective
from colibri.people.queries import has_role
from colibri.programme.models import CalendarKey, Registration, Workshop

__all__ = [
    "clocks_of",
    "coming",
    "hosted_by",
    "may_lead",
    "past_with_replay",
    "proposals_of",
    "reader_of_calendar",
    "registration_of",
    "registrations_of",
    "taking_part",
    "told_of",
    "with_places_left",
    "workshop_seen_by",
]

REPLAYS_SHOWN = 20
CALENDAR_MOST = 500
"""A calendar holds so many workshops at most, the newest."""


def clocks_of(account: Account | AnonymousUser | None, collective: Collective) -> ZoneInfo:
    """The clocks somebody is told the hour by: their own where they chose them, else the collective's."""
    own = account.time_zone if isinstance(account, Account) else ""
    return ZoneInfo(own if own in available_timezones() else collective.time_zone)


def with_places_left(workshops: QuerySet[Workshop]) -> QuerySet[Any]:
    """Each with `held`, `waits` and `left`: places taken, people waiting, places nobody has."""
    held = Count("registrations", filter=Q(registrations__state="held"))
    waits = Count("registrations", filter=Q(registrations__state="waiting"))
    counted = workshops.annotate(held=held, waits=waits)
    return counted.annotate(left=Greatest(F("places") - F("held"), 0)).select_related("collective")


def coming(collective: Collective, *, now: datetime) -> QuerySet[Any]:
    """What takes place and is not over, soonest first, with the places left."""
    ahead = Workshop.objects.filter(collective=collective, state="agreed", ends_at__gt=now)
    return with_places_left(ahead).order_by("starts_at", "pk")


def past_with_replay(collective: Collective, *, now: datetime) -> QuerySet[Workshop]:
    """What is over and can be watched again, newest first."""
    over = Workshop.objects.filter(collective=collective, state="agreed", ends_at__lte=now)
    return over.exclude(replay="").order_by("-starts_at", "-pk")[:REPLAYS_SHOWN]


def proposals_of(collective: Collective) -> QuerySet[Workshop]:
    """What waits for an animator, soonest first."""
    return Workshop.objects.filter(collective=collective, state="proposed").order_by("starts_at", "pk")


def hosted_by(account: Account) -> QuerySet[Any]:
    """What the account leads or proposed, latest first, with the places left."""
    led = with_places_left(Workshop.objects.filter(host=account))
    return led.order_by("-starts_at", "-pk")


def workshop_seen_by(account: Account | AnonymousUser, public_id: str) -> Any:
    """The workshop of this name with its places, where it was ever agreed to, or theirs to lead; or None."""
    found = with_places_left(Workshop.objects.filter(public_id=public_id)).first()
    if found is None or found.state == "agreed":
        return found
    known = may_lead(account, found) or registration_of(account, found) is not None
    return found if known else None


def may_lead(account: Account | AnonymousUser, workshop: Workshop) -> bool:
    """Its host, and the collective's animators."""
    if not isinstance(account, Account):
        return False
    return workshop.host_id == account.pk or has_role(account, workshop.collective, "animator")


def registration_of(account: Account | AnonymousUser, workshop: Workshop) -> Registration | None:
    """Somebody's place in a workshop or their wait for one, given back or not."""
    if not isinstance(account, Account):
        return None
    return Registration.objects.filter(account=account, workshop=workshop).first()


def registrations_of(account: Account, *, now: datetime) -> QuerySet[Registration]:
    """What the account takes part in or waits for and is not over, soonest first."""
    standing = Registration.objects.filter(account=account, state__in=["held", "waiting"])
    ahead = standing.filter(workshop__ends_at__gt=now, workshop__state="agreed")
    return ahead.select_related("workshop__collective").order_by("workshop__starts_at", "pk")


def taking_part(workshop: Workshop) -> QuerySet[Registration]:
    """Who has a place, by name."""
    return (
        workshop.registrations.filter(state="held").select_related("account").order_by("account__name", "pk")
    )


def told_of(workshop: Workshop) -> tuple[list[tuple[str, int]], list[str]]:
    """What people said after it: how many found it useful, partly or not, and their words without names."""
    rows = (
        workshop.registrations.exclude(useful="", word="")
        .order_by("word", "pk")
        .values_list("useful", "word")
    )
    said = list(rows)
    counts = [(str(label), sum(1 for one, _w in said if one == key)) for key, label in Registration.USEFUL]
    return counts, [word for _useful, word in said if word]


def reader_of_calendar(secret: str) -> tuple[Account, list[Registration]] | None:
    """Whose calendar this is and what stands in it, where its address is still the right one."""
    key = CalendarKey.objects.filter(secret=secret, account__is_active=True).select_related("account").first()
    if key is None:
        return None
    kept = Registration.objects.filter(account=key.account, state="held")
    kept = kept.filter(workshop__state__in=["agreed", "cancelled"])
    newest = kept.select_related("workshop__collective").order_by("-workshop__starts_at")[:CALENDAR_MOST]
    return key.account, list(newest)
