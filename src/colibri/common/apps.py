from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "colibri.common"
    label = "common"
