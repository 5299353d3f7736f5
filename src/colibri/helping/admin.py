"""Rows of this room for operators, to look at: who gives and how requests fare, never what is written."""

from django.contrib import admin

from colibri.helping.models import Giving, HelpRequest
from colibri.people.admin import ReadOnly

__all__ = ["GivingAdmin", "HelpRequestAdmin"]


@admin.register(Giving)
class GivingAdmin(ReadOnly):
    list_display = ("account", "collective", "state", "a_week", "seen_at")
    list_filter = ("state", "collective")
    list_select_related = ("account", "collective")
    fields = ("account", "collective", "state", "kinds", "a_week", "since", "seen_at", "asked_at")


@admin.register(HelpRequest)
class HelpRequestAdmin(ReadOnly):
    list_display = ("kind", "collective", "state", "created_at", "due_at", "problem")
    list_filter = ("state", "kind", "collective")
    list_select_related = ("collective",)
    fields = (
        "kind",
        "collective",
        "state",
        "created_at",
        "accepted_at",
        "answered_at",
        "closed_at",
        "ending",
        "passed_on",
        "due_at",
        "problem",
    )
