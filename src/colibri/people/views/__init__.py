"""People's own pages: their accounts on networks, what they agreed to, and how they come in."""

from colibri.people.views.agreeing import blocks, consents, end_block, withdraw
from colibri.people.views.connecting import disconnect, identities
from colibri.people.views.entering import (
    another_address,
    bad_request,
    by_code,
    confirm_code,
    demo,
    language,
    name,
    too_many,
)
from colibri.people.views.hearing import device, end_device, hearing, notice, push_worker
from colibri.people.views.installing import icon_file, manifest
from colibri.people.views.leaving import data, take
from colibri.people.views.quiet import quiet
from colibri.people.views.running import animator, end_animating, running
from colibri.people.views.signing_in import back, client_document, door

__all__ = [
    "animator",
    "another_address",
    "back",
    "bad_request",
    "blocks",
    "by_code",
    "client_document",
    "confirm_code",
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
    "icon_file",
    "identities",
    "language",
    "manifest",
    "name",
    "notice",
    "push_worker",
    "quiet",
    "running",
    "take",
    "too_many",
    "withdraw",
]
