from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "fedele.records"
    label = "records"
