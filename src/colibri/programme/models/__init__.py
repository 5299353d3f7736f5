"""Workshops with those who take part, and the addresses of people's calendars."""

from colibri.programme.models.workshops import (
    PLACE,
    PLACES_MOST,
    WORKSHOP,
    CalendarKey,
    Registration,
    Workshop,
)

__all__ = [
    "PLACE",
    "PLACES_MOST",
    "WORKSHOP",
    "CalendarKey",
    "Registration",
    "Workshop",
]
