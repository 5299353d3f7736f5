"""What is asked of people, and what follows from their answers."""

from colibri.impact.actions.asking import (
    ask,
    begin_asking,
    choose_channel,
    give_up_asking,
    hear_sign,
    stop_asking,
)
from colibri.impact.actions.counting import count_day, give_up_counting, plan_counts
from colibri.impact.actions.editions import give_up_edition, make_edition, plan_editions
from colibri.impact.actions.situations import forget_situation, say_situation
from colibri.impact.actions.telling import add_details, note_ending, show_word, tell_outcome

__all__ = [
    "add_details",
    "ask",
    "begin_asking",
    "choose_channel",
    "count_day",
    "forget_situation",
    "give_up_asking",
    "give_up_counting",
    "give_up_edition",
    "hear_sign",
    "make_edition",
    "note_ending",
    "plan_counts",
    "plan_editions",
    "say_situation",
    "show_word",
    "stop_asking",
    "tell_outcome",
]
