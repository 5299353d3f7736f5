from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HelpingConfig(AppConfig):
    name = "colibri.helping"
    label = "helping"
    verbose_name = _("A hand")
