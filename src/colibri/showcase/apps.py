from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShowcaseConfig(AppConfig):
    name = "colibri.showcase"
    label = "showcase"
    verbose_name = _("Showcase")

    def ready(self) -> None:
        from colibri.showcase import receivers  # noqa: F401, PLC0415 models must be ready first
