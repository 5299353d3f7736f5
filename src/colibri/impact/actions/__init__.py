"""What is asked of people, and what follows from their answers."""

from colibri.impact.actions.asking import (
    ask,
    begin_asking,
    choose_channel,
    give_up_asking,
    hear_sign,
    stop_asking,
)
from colibri.impact.actions.telling import add_details, note_ending, tell_outcome

__all__ = [
    "add_details",
    "ask",
    "begin_asking",
    "choose_channel",
    "give_up_asking",
    "hear_sign",
    "note_ending",
    "stop_asking",
    "tell_outcome",
]
