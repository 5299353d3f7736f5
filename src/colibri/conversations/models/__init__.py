"""Keys and what opens them; conversations, who takes part, and what was sealed there."""

from colibri.conversations.models.keys import KeyEntry, Keyring, Wrap
from colibri.conversations.models.talking import (
    CONVERSATION,
    MEMBER,
    Conversation,
    File,
    Member,
    Message,
    Report,
)

__all__ = [
    "CONVERSATION",
    "MEMBER",
    "Conversation",
    "File",
    "KeyEntry",
    "Keyring",
    "Member",
    "Message",
    "Report",
    "Wrap",
]
