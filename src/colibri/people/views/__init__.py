"""People's own pages: their accounts on networks, what they agreed to, and how they come in."""

from colibri.people.views.agreeing import blocks, consents, end_block, withdraw
from colibri.people.views.connecting import disconnect, identities
from colibri.people.views.entering import bad_request, by_code, demo, language, too_many
from colibri.people.views.hearing import device, end_device, hearing, notice, push_worker
from colibri.people.views.leaving import data, take
from colibri.people.views.quiet import quiet
from colibri.people.views.running import animator, end_animating, running
from colibri.people.views.signing_in import back, client_document, door

__all__ = [
    "animator",
    "back",
    "bad_request",
    "blocks",
    "by_code",
    "client_document",
    "consents",
    "data",
    "demo",
    "device",
    "disconnect",
    "door",
    "end_animating",
    "end_block",
    "end_device",
    "hearing",
    "identities",
    "language",
    "notice",
    "push_worker",
    "quiet",
    "running",
    "take",
    "too_many",
    "withdraw",
]
