from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AudiencesConfig(AppConfig):
    name = "colibri.audiences"
    label = "audiences"
    verbose_name = _("Audiences")

    def ready(self) -> None:
        from colibri.audiences import receivers  # noqa: F401, PLC0415 models must be ready first
