from django.apps import AppConfig, apps
from django.utils.module_loading import autodiscover_modules

from colibri.common.glossary import name_fields


class CommonConfig(AppConfig):
    name = "colibri.common"
    label = "common"

    def ready(self) -> None:
        """Every process knows every kind of work: the worker, the clock, and the web that asks what waits."""
        autodiscover_modules("tasks")
        name_fields(model for model in apps.get_models() if model.__module__.startswith("colibri."))
