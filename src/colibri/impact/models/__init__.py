"""Questions about searches, what became of them, and the figures that are kept."""

from colibri.impact.models.following import CAUSES, FOLLOW_UP, FOUND, WORK, FollowUp, Outcome
from colibri.impact.models.kept import OTHERS, UNKNOWN, Day, Edition, Told
from colibri.impact.models.situations import SITUATIONS, Situation

__all__ = [
    "CAUSES",
    "FOLLOW_UP",
    "FOUND",
    "OTHERS",
    "SITUATIONS",
    "UNKNOWN",
    "WORK",
    "Day",
    "Edition",
    "FollowUp",
    "Outcome",
    "Situation",
    "Told",
]
