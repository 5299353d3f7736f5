"""Rows of this room for operators, to look at; what people said of a workshop stays with its host."""

from django.contrib import admin

from colibri.people.admin import ReadOnly
from colibri.programme.models import Registration, Workshop

__all__ = ["RegistrationAdmin", "WorkshopAdmin"]


@admin.register(Workshop)
class WorkshopAdmin(ReadOnly):
    list_display = ("title", "collective", "host_name", "starts_at", "places", "state")
    list_filter = ("state", "collective")
    exclude = ("link",)


@admin.register(Registration)
class RegistrationAdmin(ReadOnly):
    list_display = ("workshop", "state", "since", "came", "due_at", "problem")
    list_filter = ("state", "fault")
    fields = ("workshop", "account", "state", "since", "came", "due_at", "problem")
