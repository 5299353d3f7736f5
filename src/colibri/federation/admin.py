"""What operators see of federation: servers to block, keys to change, reports, and what goes in and out.

Rows are only to be read; what they ask for is done by actions. Words meant for somebody alone are not shown.
"""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.federation.actions.actors import rotate_key
from colibri.federation.actions.sending import block_server, unblock_server
from colibri.federation.models import (
    ActorKey,
    Announcement,
    Delivery,
    Flag,
    Follower,
    Following,
    Incoming,
    Invitation,
    RemoteActor,
    Server,
    Source,
)
from colibri.people.admin import ReadOnly


@admin.register(Server)
class ServerAdmin(ReadOnly):
    list_display = ("host", "answered_at", "due_at", "attempts", "suspended_at", "blocked_at", "problem")
    list_filter = ("fault",)
    search_fields = ("host",)
    actions = ("block", "unblock")

    @admin.action(description=_("Block: nothing from there, nothing to there"))
    def block(self, request: HttpRequest, servers: QuerySet[Server]) -> None:
        for server in servers:
            block_server(server.host, now=timezone.now())

    @admin.action(description=_("Unblock"))
    def unblock(self, request: HttpRequest, servers: QuerySet[Server]) -> None:
        for server in servers:
            unblock_server(server.host)


@admin.register(ActorKey)
class ActorKeyAdmin(ReadOnly):
    list_display = ("identity", "made_at", "retired_at")
    fields = ("identity", "public_pem", "made_at", "retired_at")
    actions = ("rotate",)

    @admin.action(description=_("Make a new key; the old one is shown for a week more"))
    def rotate(self, request: HttpRequest, keys: QuerySet[ActorKey]) -> None:
        for key in keys.filter(retired_at=None).select_related("identity"):
            rotate_key(key.identity, now=timezone.now())


@admin.register(Flag)
class FlagAdmin(ReadOnly):
    list_display = ("collective", "actor_id", "received_at", "seen_at")
    fields = ("collective", "actor_id", "objects_named", "received_at", "seen_at")


@admin.register(Announcement)
class AnnouncementAdmin(ReadOnly):
    list_display = ("appeal", "post", "state", "due_at", "problem")
    list_filter = ("state",)


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly):
    list_display = ("server", "inbox", "state", "tries", "planned_at", "problem")
    list_filter = ("state",)
    fields = ("server", "inbox", "state", "tries", "planned_at", "problem")


@admin.register(Incoming)
class IncomingAdmin(ReadOnly):
    list_display = ("activity_id", "actor_id", "received_at", "due_at", "problem")
    fields = ("activity_id", "actor_id", "received_at", "due_at", "attempts", "problem")


@admin.register(Source, RemoteActor, Follower, Following)
class RowsAdmin(ReadOnly):
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).order_by("-pk")


@admin.register(Invitation)
class InvitationAdmin(ReadOnly):
    list_display = ("collective", "identity", "kind", "state", "seen_at", "due_at", "problem")
    list_filter = ("collective", "kind", "state")
    list_select_related = ("collective", "identity")
