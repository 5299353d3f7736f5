"""Pages of workshops: what is ahead, one workshop, one's own, and leading one."""

from colibri.programme.views.leading import attendance, change, decide, propose, series
from colibri.programme.views.taking_part import (
    clocks,
    feedback,
    my_calendar,
    my_workshops,
    place,
    renew_calendar,
)
from colibri.programme.views.workshops import calendar, event, workshop, workshops

__all__ = [
    "attendance",
    "calendar",
    "change",
    "clocks",
    "decide",
    "event",
    "feedback",
    "my_calendar",
    "my_workshops",
    "place",
    "propose",
    "renew_calendar",
    "series",
    "workshop",
    "workshops",
]
