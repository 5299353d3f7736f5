"""The letters of this room."""

from colibri.causes.mails import cause_ended, cause_passed, cause_waits
from colibri.people.letters import register

register("cause_waits", "service", cause_waits)
register("cause_passed", "service", cause_passed)
register("cause_ended", "news", cause_ended)
