"""Pages of appeals: for everybody, for their authors, and the one-button pages of mails."""

from colibri.appeals.views.answers import report, verify
from colibri.appeals.views.judging import correct
from colibri.appeals.views.own import change, claim, end
from colibri.appeals.views.public import appeal, picture, shared
from colibri.appeals.views.reading import read
from colibri.appeals.views.writing import new, rewrite

__all__ = [
    "appeal",
    "change",
    "claim",
    "correct",
    "end",
    "new",
    "picture",
    "read",
    "report",
    "rewrite",
    "shared",
    "verify",
]
