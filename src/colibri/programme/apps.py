from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammeConfig(AppConfig):
    name = "colibri.programme"
    label = "programme"
    verbose_name = _("Programme")

    def ready(self) -> None:
        from colibri.programme import receivers  # noqa: F401, PLC0415 models must be ready first
