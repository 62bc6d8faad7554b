from django.apps import AppConfig


class SetupConfig(AppConfig):
    name = "fedele.setup"
    label = "setup"
