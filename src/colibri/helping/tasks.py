"""Requests wait for their helper, and for their helper's word, like every other piece of work."""

from colibri.common import work
from colibri.helping.actions import ask_mentorship, give_up_mentorship, give_up_request, tend_request
from colibri.helping.mails import (
    help_accepted,
    help_ended,
    help_last_word,
    help_passed_on,
    help_proposed,
    help_silent,
    help_thanked,
    help_word,
    mentorship_end,
    mentorship_middle,
)
from colibri.helping.models import HelpRequest, Mentorship
from colibri.people.letters import register

work.register(HelpRequest, tend_request, give_up_request, "collective", "account", "giving__account")
work.register(
    Mentorship,
    ask_mentorship,
    give_up_mentorship,
    "request__collective",
    "request__account",
    "request__giving__account",
)
register("mentorship_middle", "news", mentorship_middle)
register("mentorship_end", "news", mentorship_end)
register("help_proposed", "helping", help_proposed)
register("help_silent", "helping", help_silent)
register("help_thanked", "helping", help_thanked)
register("help_ended", "helping", help_ended)
register("help_last_word", "conversations", help_last_word)
register("help_accepted", "news", help_accepted)
register("help_passed_on", "news", help_passed_on)
register("help_word", "conversations", help_word)
