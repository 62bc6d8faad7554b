from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class SetupConfig(AppConfig):
    name = "fedele.setup"
    label = "setup"

    def ready(self) -> None:
        from fedele.base.house import forget_house
        from fedele.setup import guiding, menu, sentences  # noqa: F401 (declarations)
        from fedele.setup.models import Company

        for signal in (post_save, post_delete):
            signal.connect(forget_house, sender=Company)
