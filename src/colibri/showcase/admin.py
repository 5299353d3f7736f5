"""Rows of this room for operators, to look at."""

from django.contrib import admin

from colibri.people.admin import ReadOnly
from colibri.showcase.models import Article, Feed, FollowList, Paper, Portrait, Ranked

__all__ = ["ArticleAdmin", "FeedAdmin", "FollowListAdmin", "PaperAdmin", "PortraitAdmin", "RankedAdmin"]


@admin.register(Article)
class ArticleAdmin(ReadOnly):
    list_display = ("title", "collective", "byline", "state", "due_at", "published_at")
    list_filter = ("state", "collective")
    fields = ("title", "collective", "byline", "summary", "step", "state", "due_at", "published_at")


@admin.register(Feed)
class FeedAdmin(ReadOnly):
    list_display = ("name", "url", "collective", "fetched_at", "due_at", "problem")
    list_filter = ("fault",)
    fields = ("name", "url", "collective", "fetched_at", "due_at", "problem")


@admin.register(Portrait)
class PortraitAdmin(ReadOnly):
    list_display = ("title", "collective", "kind", "state", "changed_at", "shown_at", "stands_for")
    list_select_related = ("collective", "stands_for")
    list_filter = ("state", "kind", "collective")
    fields = (
        "title",
        "collective",
        "kind",
        "family",
        "region",
        "state",
        "version",
        "agreed_version",
        "shown_at",
        "stands_for",
    )


@admin.register(FollowList)
class FollowListAdmin(ReadOnly):
    list_display = ("title", "collective", "byline", "state", "shown_at", "on_bluesky_at", "problem")
    list_filter = ("state", "collective")
    fields = (
        "title",
        "collective",
        "byline",
        "summary",
        "family",
        "region",
        "state",
        "on_bluesky_at",
        "problem",
    )


@admin.register(Paper)
class PaperAdmin(ReadOnly):
    list_display = ("title", "collective", "state", "until", "published_at")
    list_filter = ("state", "collective")
    fields = ("title", "collective", "state", "until", "language", "changed_at", "published_at")


@admin.register(Ranked)
class RankedAdmin(ReadOnly):
    list_display = ("identity", "collective", "place", "rate", "followers", "fetched_at", "problem")
    list_filter = ("collective",)
    fields = (
        "identity",
        "collective",
        "place",
        "first",
        "last",
        "rate",
        "low",
        "high",
        "followers",
        "ranked_at",
    )
