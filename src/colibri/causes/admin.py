"""Causes for operators, to look at."""

from django.contrib import admin

from colibri.causes.models import Cause
from colibri.people.admin import ReadOnly

__all__ = ["CauseAdmin"]


@admin.register(Cause)
class CauseAdmin(ReadOnly):
    list_display = ("appeal", "goal", "deadline")
    fields = ("appeal", "goal", "deadline", "media_contact", "asked_at")
