"""What operators see of relays: offers, plans, boosts and mails, to look at and never to change by hand."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from colibri.relays.models import Boost, Digest, Offer, Plan


class ReadOnly(admin.ModelAdmin):
    """Rows change through actions alone, so that what follows from a change is never left out."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Offer)
class OfferAdmin(ReadOnly):
    list_display = ("identity", "collective", "boosts_a_day", "automatic", "paused_until", "ended_at")
    list_filter = ("collective", "automatic")
    list_select_related = ("identity", "collective")
    search_fields = ("identity__handle",)


@admin.register(Plan)
class PlanAdmin(ReadOnly):
    list_display = ("collective", "day", "state", "ratio", "made_at")
    list_filter = ("collective", "state")
    list_select_related = ("collective",)
    date_hierarchy = "day"


@admin.register(Boost)
class BoostAdmin(ReadOnly):
    list_display = ("offer", "appeal", "state", "given_at", "due_at", "tries", "problem")
    list_filter = ("state",)
    list_select_related = ("offer__identity", "appeal")
    search_fields = ("offer__identity__handle", "uri")


@admin.register(Digest)
class DigestAdmin(ReadOnly):
    list_display = ("account", "plan", "state", "due_at", "tries", "problem")
    list_filter = ("state",)
    list_select_related = ("account", "plan__collective")
