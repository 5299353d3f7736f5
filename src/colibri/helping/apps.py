from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HelpingConfig(AppConfig):
    name = "colibri.helping"
    label = "helping"
    verbose_name = _("A hand")

    def ready(self) -> None:
        from colibri.helping import receivers  # noqa: F401, PLC0415 models must be ready first
