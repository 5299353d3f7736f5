"""Rows of this room for operators: that a CV is there and until when, never what is in it."""

from django.contrib import admin

from colibri.people.admin import ReadOnly
from colibri.resumes.models import File

__all__ = ["FileAdmin"]


@admin.register(File)
class FileAdmin(ReadOnly):
    list_display = ("pk", "account", "size", "uploaded_at", "expires_at")
    fields = ("account", "size", "uploaded_at", "expires_at")
