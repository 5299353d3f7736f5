"""Letters that come at their moment: the evening before, an hour before, afterwards."""

from datetime import datetime

from django.utils import timezone

from colibri.compute.reminding import reminders, said_next, said_now
from colibri.networks.errors import NetworkError
from colibri.people.actions import notify
from colibri.programme.models import Registration
from colibri.programme.queries import clocks_of

__all__ = ["give_up_reminder", "remind"]


def remind(registration: Registration) -> datetime | None:
    """Have what is due now written, once; returns when there is more to say."""
    workshop = registration.workshop
    if registration.state != "held" or workshop.state != "agreed":
        return None
    now = timezone.now()
    planned = reminders(
        workshop.starts_at, workshop.ends_at, clocks_of(registration.account, workshop.collective)
    )
    kind = said_now(planned, now)
    if kind:
        once = f"{workshop.starts_at:%Y-%m-%dT%H:%M}"
        notify(registration.account, f"workshop_{kind}", registration.pk, once=once, now=now)
    return said_next(planned, now)


def give_up_reminder(registration: Registration, error: NetworkError) -> None:
    """The page and the calendar still say it."""
