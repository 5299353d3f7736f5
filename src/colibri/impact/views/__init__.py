"""Pages of what became of searches."""

from colibri.impact.views.answering import answer
from colibri.impact.views.open_data import open_data

__all__ = ["answer", "open_data"]
