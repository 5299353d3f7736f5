"""Pages of giving and asking a hand."""

from colibri.helping.views.giving import give, here, tap
from colibri.helping.views.requests import ask, decide, mine, request

__all__ = ["ask", "decide", "give", "here", "mine", "request", "tap"]
