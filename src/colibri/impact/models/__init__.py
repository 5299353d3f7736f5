"""Questions about searches and what became of them."""

from colibri.impact.models.following import FOLLOW_UP, FOUND, WORK, FollowUp, Outcome

__all__ = ["FOLLOW_UP", "FOUND", "WORK", "FollowUp", "Outcome"]
