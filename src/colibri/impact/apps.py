from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImpactConfig(AppConfig):
    name = "colibri.impact"
    label = "impact"
    verbose_name = _("Impact")

    def ready(self) -> None:
        from colibri.impact import receivers  # noqa: F401, PLC0415 models must be ready first
