"""Rows of this room for operators, to look at; what people said of a workshop stays with its host."""

from django.contrib import admin

from colibri.people.admin import ReadOnly
from colibri.programme.models import Cohort, Partner, Registration, TrainingBody, Workshop

__all__ = [
    "CohortAdmin",
    "PartnerAdmin",
    "RegistrationAdmin",
    "TrainingBodyAdmin",
    "WorkshopAdmin",
]


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


@admin.register(TrainingBody)
class TrainingBodyAdmin(ReadOnly):
    list_display = ("name", "collective", "region", "town", "without_diploma", "seen_on")
    list_filter = ("collective", "without_diploma")


@admin.register(Cohort)
class CohortAdmin(ReadOnly):
    list_display = ("name", "programme", "region", "begins_on", "ends_on", "places", "walkers", "state")
    list_filter = ("state", "programme__collective")


@admin.register(Partner)
class PartnerAdmin(ReadOnly):
    list_display = ("name", "collective", "site", "contact_name")
    list_filter = ("collective",)
