"""Rows of this room for operators, to look at: who is asked and whether they answered, not what."""

from django.contrib import admin

from colibri.impact.models import FollowUp
from colibri.people.admin import ReadOnly

__all__ = ["FollowUpAdmin"]


@admin.register(FollowUp)
class FollowUpAdmin(ReadOnly):
    list_display = ("appeal", "state", "asked", "asked_at", "due_at", "problem")
    list_filter = ("state", "fault")
    fields = ("appeal", "state", "channel", "began_at", "asked", "asked_at", "due_at", "problem")
