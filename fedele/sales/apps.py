from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SalesConfig(AppConfig):
    name = "fedele.sales"
    label = "sales"
    verbose_name = _("Sales")

    def ready(self) -> None:
        from fedele.sales import access, lifecycle, menu, reactions, sentences  # noqa: F401 (declarations)
        from fedele.sales.opportunities import adrift, briefing, numbers, record, situation, team, today  # noqa: F401
        from fedele.sales.processes.models import install_default

        post_migrate.connect(install_default, sender=self)
