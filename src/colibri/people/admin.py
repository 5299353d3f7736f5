"""What operators see of people: accounts, roles and collectives to care for; consents only to read.

Secrets are sealed and no field of any form: an operator sees that a credential exists and since when.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from colibri.people.actions import suspend
from colibri.people.models import (
    Account,
    Block,
    Collective,
    Consent,
    Credential,
    Device,
    Identity,
    Leaving,
    NoticeOff,
    Role,
)


class ReadOnly(admin.ModelAdmin):
    """Rows to look at: what follows from a change is the work of actions."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RoleRows(admin.TabularInline):
    model = Role
    extra = 0


@admin.register(Account)
class AccountAdmin(admin.ModelAdmin):
    list_display = ("email", "name", "language", "is_active", "is_staff", "date_joined")
    list_filter = ("is_active", "is_staff")

    search_fields = ("email", "name")
    fields = (
        "email",
        "name",
        "language",
        "time_zone",
        "is_active",
        "is_staff",
        "is_superuser",
        "date_joined",
    )
    readonly_fields = ("email", "date_joined")
    inlines = (RoleRows,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Accounts are made by asking for a code; animators are named on a page of their own."""
        return False

    def save_model(self, request: HttpRequest, obj: Account, form: Any, change: bool) -> None:
        """Whoever is shut out is shut out everywhere, at once."""
        super().save_model(request, obj, form, change)
        if "is_active" in form.changed_data and not obj.is_active:
            suspend(obj, now=timezone.now())

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Collective)
class CollectiveAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "seekers_hashtag", "supporters_hashtag", "auto_accept")
    prepopulated_fields = {"slug": ("name",)}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Identity)
class IdentityAdmin(ReadOnly):
    list_display = ("handle", "network", "account", "collective", "refused_at")
    list_filter = ("network",)
    list_select_related = ("account", "collective")
    search_fields = ("handle", "actor_id")


@admin.register(Credential)
class CredentialAdmin(ReadOnly):
    list_display = ("identity", "stored_at")
    list_select_related = ("identity",)
    fields = ("identity", "stored_at")


@admin.register(Consent)
class ConsentAdmin(ReadOnly):
    list_display = ("purpose", "collective", "account", "identity", "given_at", "withdrawn_at")
    list_filter = ("purpose", "collective")
    list_select_related = ("collective", "account", "identity")


@admin.register(Block)
class BlockAdmin(admin.ModelAdmin):
    list_display = ("identity", "person", "account", "collective", "since")
    list_select_related = ("identity", "person", "account", "collective")
    autocomplete_fields = ("identity", "person", "account")


@admin.register(Leaving)
class LeavingAdmin(ReadOnly):
    list_display = ("account", "since", "due_at")
    list_select_related = ("account",)


@admin.register(NoticeOff)
class NoticeOffAdmin(ReadOnly):
    list_display = ("account", "kind", "way", "since")
    list_select_related = ("account",)


@admin.register(Device)
class DeviceAdmin(ReadOnly):
    list_display = ("account", "name", "since", "told_at")
    list_select_related = ("account",)
    fields = ("account", "name", "since", "told_at")
