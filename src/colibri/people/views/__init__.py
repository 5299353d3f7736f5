"""People's own pages: their accounts on networks, what they agreed to, and how they come in."""

from colibri.people.views.agreeing import blocks, consents, end_block, notice, withdraw
from colibri.people.views.connecting import disconnect, identities
from colibri.people.views.entering import by_code, demo, language, too_many

__all__ = [
    "blocks",
    "by_code",
    "consents",
    "demo",
    "disconnect",
    "end_block",
    "identities",
    "language",
    "notice",
    "too_many",
    "withdraw",
]
