"""Relays' pages: today's messages, the links of the mail, the standing offer."""

from colibri.relays.views.giving import decide, tap, today
from colibri.relays.views.offering import leave, offer

__all__ = ["decide", "leave", "offer", "tap", "today"]
