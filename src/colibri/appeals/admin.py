"""What operators see of appeals: all but readers' words, and nothing to change by hand.

Rows change through actions alone, so that what follows from a change (boosts undone, posts deleted) is never
left out. Sealed columns are no fields of any form here.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from colibri.appeals.models import Answer, Appeal, Message, Note, Publication


class ReadOnly(admin.ModelAdmin):
    """Rows to look at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class MessageRows(admin.TabularInline):
    model = Message
    extra = 0
    can_delete = False
    readonly_fields = ("version", "text", "written_at")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Appeal)
class AppealAdmin(ReadOnly):
    list_display = (
        "public_id",
        "collective",
        "state",
        "refusal",
        "ending",
        "occupation",
        "place",
        "created_at",
    )
    list_filter = ("collective", "state", "refusal", "ending")
    search_fields = ("public_id", "source_uri", "place")
    list_select_related = ("collective",)
    inlines = (MessageRows,)


@admin.register(Publication)
class PublicationAdmin(ReadOnly):
    list_display = ("appeal", "network", "identity", "state", "instead", "due_at", "attempts", "problem")
    list_filter = ("network", "state", "instead")
    search_fields = ("uri",)
    list_select_related = ("appeal", "identity")


@admin.register(Note)
class NoteAdmin(ReadOnly):
    list_display = ("appeal", "kind", "identity", "state", "due_at", "attempts", "problem")
    list_filter = ("kind", "state")
    list_select_related = ("appeal", "identity")


@admin.register(Answer)
class AnswerAdmin(ReadOnly):
    """An answer's life, without its words, its writer's name or address."""

    list_display = ("pk", "appeal", "state", "suspicion", "written_at", "due_at", "attempts", "problem")
    list_filter = ("state", "suspicion")
    fields = ("appeal", "state", "suspicion", "written_at", "due_at", "attempts", "problem")
    list_select_related = ("appeal",)
