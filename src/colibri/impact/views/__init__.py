"""Pages of what became of searches."""

from colibri.impact.views.answering import answer
from colibri.impact.views.figures import dashboard, figures, method
from colibri.impact.views.inclusion import inclusion, situation
from colibri.impact.views.open_data import open_data
from colibri.impact.views.report import report

__all__ = ["answer", "dashboard", "figures", "inclusion", "method", "open_data", "report", "situation"]
