from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FederationConfig(AppConfig):
    name = "colibri.federation"
    label = "federation"
    verbose_name = _("Federation")

    def ready(self) -> None:
        from colibri.federation import receivers as news  # noqa: F401, PLC0415 models must be ready first
        from colibri.federation import tasks as duties  # noqa: F401, PLC0415
        from colibri.federation.actions.speaking import OwnActor  # noqa: PLC0415
        from colibri.federation.feeds import receivers, tasks  # noqa: F401, PLC0415 models must be ready first
        from colibri.people.actions import register_own_actor  # noqa: PLC0415

        register_own_actor(OwnActor)
