from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "colibri.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from colibri.people import receivers  # noqa: F401, PLC0415 models must be ready first
