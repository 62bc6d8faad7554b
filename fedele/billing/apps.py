from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BillingConfig(AppConfig):
    name = "fedele.billing"
    label = "billing"
    verbose_name = _("Billing")

    def ready(self) -> None:
        from fedele.billing import access, briefing, lifecycle, menu, sentences  # noqa: F401 (declarations)
        from fedele.billing.disputes import record as disputes  # noqa: F401
        from fedele.billing.disputes import today as disputes_today  # noqa: F401
        from fedele.billing.open_items import following, showing  # noqa: F401
        from fedele.billing.open_items import record as open_items  # noqa: F401
