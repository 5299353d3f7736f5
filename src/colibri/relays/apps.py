from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelaysConfig(AppConfig):
    name = "colibri.relays"
    label = "relays"
    verbose_name = _("Relays")

    def ready(self) -> None:
        from colibri.relays import receivers  # noqa: F401, PLC0415 models must be ready first
