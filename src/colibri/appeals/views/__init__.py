"""Pages of appeals: for everybody, for their authors, and the one-button pages of mails."""

from colibri.appeals.views.answers import report, verify
from colibri.appeals.views.own import change, claim, end, new, rewrite
from colibri.appeals.views.public import appeal, shared

__all__ = ["appeal", "change", "claim", "end", "new", "report", "rewrite", "shared", "verify"]
