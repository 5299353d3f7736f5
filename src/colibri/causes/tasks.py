"""The letters of this room."""

from colibri.causes import mails
from colibri.people.letters import register

register("cause_waits", "service", mails.cause_waits)
register("cause_changed", "service", mails.cause_changed)
register("cause_moved", "service", mails.cause_moved)
register("cause_agreed", "service", mails.cause_agreed)
register("cause_declined", "service", mails.cause_declined)
register("cause_passed", "service", mails.cause_passed)
register("cause_ended", "news", mails.cause_ended)
