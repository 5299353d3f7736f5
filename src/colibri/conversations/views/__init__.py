"""Pages of keys and conversations, and what their script asks."""

from colibri.conversations.views.keys import add_way, keys, remove_way
from colibri.conversations.views.reports import close, reports
from colibri.conversations.views.sealed import erase, file, files, messages, read, report
from colibri.conversations.views.talking import answer, ask, conversation, conversations, decide

__all__ = [
    "add_way",
    "answer",
    "ask",
    "close",
    "conversation",
    "conversations",
    "decide",
    "erase",
    "file",
    "files",
    "keys",
    "messages",
    "read",
    "remove_way",
    "report",
    "reports",
]
