"""The administration pages, without what would change how somebody signs in."""

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig

__all__ = ["Administration"]

LEFT_OUT = ("mfa.Authenticator", "account.EmailAddress", "account.EmailConfirmation")
"""The ways in of other people: these are theirs alone."""


class Administration(AdminConfig):
    """Django's own, minus what is left out."""

    def ready(self) -> None:
        super().ready()
        for model in map(apps.get_model, LEFT_OUT):
            if admin.site.is_registered(model):
                admin.site.unregister(model)
