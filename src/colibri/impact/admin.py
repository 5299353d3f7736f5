"""Rows of this room for operators, to look at: who is asked and whether they answered, not what."""

from django.contrib import admin

from colibri.impact.models import Day, Edition, FollowUp, Told
from colibri.people.admin import ReadOnly

__all__ = ["DayAdmin", "EditionAdmin", "FollowUpAdmin"]


@admin.register(FollowUp)
class FollowUpAdmin(ReadOnly):
    list_display = ("appeal", "state", "asked", "asked_at", "due_at", "problem")
    list_filter = ("state", "fault")
    fields = ("appeal", "state", "channel", "began_at", "asked", "asked_at", "due_at", "problem")


@admin.register(Day)
class DayAdmin(ReadOnly):
    list_display = ("day", "collective", "relayed", "boosts", "relays", "reach", "counted_at", "problem")
    list_filter = ("collective", "fault")
    fields = (
        "day",
        "collective",
        "relayed",
        "ever",
        "boosts",
        "relays",
        "reach",
        "counted_at",
        "due_at",
        "problem",
    )


class ToldRows(admin.TabularInline):
    model = Told
    extra = 0
    can_delete = False
    fields = readonly_fields = ("measure", "first", "last", "dimension", "label", "number")


@admin.register(Edition)
class EditionAdmin(ReadOnly):
    list_display = ("month", "collective", "made_at", "due_at", "problem")
    list_filter = ("collective", "fault")
    fields = ("month", "collective", "made_at", "headline", "inclusion", "due_at", "problem")
    inlines = (ToldRows,)
