from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "colibri.home"
    label = "home"
