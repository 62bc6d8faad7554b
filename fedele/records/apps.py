from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class RecordsConfig(AppConfig):
    name = "fedele.records"
    label = "records"

    def ready(self) -> None:
        from fedele.records import checks, searching  # noqa: F401 (they connect themselves)
        from fedele.records.fields import forget_custom_fields
        from fedele.records.menu import add_menu
        from fedele.records.models import CustomField

        add_menu()

        for signal in (post_save, post_delete):
            signal.connect(forget_custom_fields, sender=CustomField)
