"""What this room's pages show."""

from colibri.programme.queries.workshops import (
    clocks_of,
    coming,
    hosted_by,
    may_lead,
    past_with_replay,
    proposals_of,
    reader_of_calendar,
    registration_of,
    registrations_of,
    taking_part,
    told_of,
    with_places_left,
    workshop_seen_by,
)

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
