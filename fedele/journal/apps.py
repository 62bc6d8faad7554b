from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "fedele.journal"
    label = "journal"
