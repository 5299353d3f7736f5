"""Pages of what became of searches."""

from colibri.impact.views.answering import answer

__all__ = ["answer"]
