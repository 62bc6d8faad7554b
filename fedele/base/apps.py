from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "fedele.base"
    label = "base"
