"""Causes for operators, to look at."""

from django.contrib import admin

from colibri.causes.models import Cause, Change
from colibri.people.admin import ReadOnly

__all__ = ["CauseAdmin", "ChangeAdmin"]


@admin.register(Cause)
class CauseAdmin(ReadOnly):
    list_display = ("appeal", "goal", "deadline")
    fields = ("appeal", "goal", "deadline", "media_contact", "asked_at")


@admin.register(Change)
class ChangeAdmin(ReadOnly):
    list_display = ("cause", "written_at", "declined")
    fields = ("cause", "goal", "story", "needs", "media_contact", "written_at", "declined")
