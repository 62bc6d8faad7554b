from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "fedele.ui"
    label = "ui"
