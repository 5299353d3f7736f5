"""Letters of this room."""

from colibri.conversations.mails import (
    conversation_opened,
    conversation_proposed,
    conversation_reported,
    conversation_waiting,
)
from colibri.people.letters import register

register("conversation_proposed", "conversations", conversation_proposed)
register("conversation_opened", "conversations", conversation_opened)
register("conversation_waiting", "conversations", conversation_waiting)
register("conversation_reported", "service", conversation_reported)
