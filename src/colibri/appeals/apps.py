from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppealsConfig(AppConfig):
    name = "colibri.appeals"
    label = "appeals"
    verbose_name = _("Appeals")

    def ready(self) -> None:
        from colibri.appeals import receivers  # noqa: F401, PLC0415 models must be ready first
