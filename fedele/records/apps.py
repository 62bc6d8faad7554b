from django.apps import AppConfig, apps
from django.db.models.signals import post_delete, post_migrate, post_save


class RecordsConfig(AppConfig):
    name = "fedele.records"
    label = "records"

    def ready(self) -> None:
        from fedele.records import checks, searching  # noqa: F401 (they connect themselves)
        from fedele.records.fields import forget_custom_fields
        from fedele.records.menu import add_menu
        from fedele.records.merging import doors  # noqa: F401 (the same)
        from fedele.records.models import CustomField
        from fedele.records.tally.keeping import install
        from fedele.records.today import indicators, own  # noqa: F401 (declarations)

        add_menu()
        for signal in (post_save, post_delete):
            signal.connect(forget_custom_fields, sender=CustomField)
        # Sent once for each app, in their order: the totals need the tables of all of them.
        *_earlier, last = apps.get_app_configs()
        post_migrate.connect(install, sender=last)
