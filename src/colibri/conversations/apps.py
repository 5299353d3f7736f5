from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    name = "colibri.conversations"
    label = "conversations"
    verbose_name = _("Conversations")

    def ready(self) -> None:
        from colibri.conversations import receivers  # noqa: F401, PLC0415 models must be ready first
