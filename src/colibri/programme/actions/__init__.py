"""What is done with workshops and the places in them."""

from colibri.programme.actions.places import (
    TooLate,
    give_back_place,
    give_feedback,
    mark_attendance,
    take_place,
)
from colibri.programme.actions.reminding import give_up_reminder, remind
from colibri.programme.actions.workshops import (
    AlreadyThere,
    agree_workshop,
    call_off_workshop,
    change_workshop,
    keep_replay,
    new_calendar_key,
    propose_series,
    propose_workshop,
    return_workshop,
)

__all__ = [
    "AlreadyThere",
    "TooLate",
    "agree_workshop",
    "call_off_workshop",
    "change_workshop",
    "give_back_place",
    "give_feedback",
    "give_up_reminder",
    "keep_replay",
    "mark_attendance",
    "new_calendar_key",
    "propose_series",
    "propose_workshop",
    "remind",
    "return_workshop",
    "take_place",
]
