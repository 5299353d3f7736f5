"""Pages of giving and asking a hand."""

from colibri.helping.views.faring import faring
from colibri.helping.views.giving import give, here, tap
from colibri.helping.views.mentoring import mentorship
from colibri.helping.views.requests import ask, decide, mine, request

__all__ = ["ask", "decide", "faring", "give", "here", "mentorship", "mine", "request", "tap"]
