"""Workshops as calendars hold them (RFC 5545), one alone or all of somebody's, a collective's."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from colibri.programme.models import Workshop

__all__ = ["calendar_of"]

STATUS = {"agreed": "CONFIRMED", "cancelled": "CANCELLED"}


def calendar_of(name: str, workshops: Iterable[Workshop], *, with_links: bool) -> bytes:
    """A calendar of this name. `with_links` for those who have a place alone: it says where to go on line.

    Moments are written in UTC, which every program turns into its reader's clocks, summer time included.
    """
    made = Calendar()
    made.add("prodid", "-//Colibri//Colibri//FR")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for one in workshops:
        made.add_component(_event(one, with_links=with_links))
    return bytes(made.to_ical())


def _event(workshop: Workshop, *, with_links: bool) -> Event:
    page = settings.SITE_URL + workshop.get_absolute_url()
    link = workshop.link if with_links else ""
    event = Event()
    event.add("uid", f"{workshop.public_id}@{settings.SITE_URL.split('://', 1)[-1]}")
    event.add("sequence", workshop.revision)
    event.add("dtstamp", workshop.changed_at)
    event.add("last-modified", workshop.changed_at)
    event.add("dtstart", workshop.starts_at)
    event.add("dtend", workshop.ends_at)
    event.add("summary", workshop.title)
    event.add("description", "\n\n".join(one for one in (workshop.learn, link, page) if one))
    event.add("location", workshop.venue or link or _("On line"))
    event.add("url", page)
    event.add("status", STATUS.get(workshop.state, "TENTATIVE"))
    return event
