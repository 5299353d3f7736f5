"""Rows of this room for operators: that something exists, never what it says."""

from django.contrib import admin

from colibri.conversations.models import Conversation, KeyEntry, Keyring
from colibri.people.admin import ReadOnly

__all__ = ["ConversationAdmin", "KeyEntryAdmin", "KeyringAdmin"]


@admin.register(Conversation)
class ConversationAdmin(ReadOnly):
    list_display = ("public_id", "collective", "state", "length", "made_at", "last_at")
    list_filter = ("state", "collective")
    fields = ("public_id", "collective", "state", "length", "made_at", "last_at", "closed_at")


@admin.register(Keyring)
class KeyringAdmin(ReadOnly):
    list_display = ("public_id", "account", "changed_at")
    list_select_related = ("account",)
    fields = ("public_id", "account", "changed_at")


@admin.register(KeyEntry)
class KeyEntryAdmin(ReadOnly):
    list_display = ("keyring", "number", "digest", "made_at")
    list_select_related = ("keyring",)
    fields = ("keyring", "number", "document", "digest", "made_at")
