from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CommonConfig(AppConfig):
    name = "colibri.common"
    label = "common"

    def ready(self) -> None:
        """Every process knows every kind of work: the worker, the clock, and the web that asks what waits."""
        autodiscover_modules("tasks")
