from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "fedele.notices"
    label = "notices"
