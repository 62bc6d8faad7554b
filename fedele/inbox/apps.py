from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InboxConfig(AppConfig):
    name = "fedele.inbox"
    label = "inbox"
    verbose_name = _("Inbox")

    def ready(self) -> None:
        from fedele.inbox import access, menu, notices, reactions, sentences  # noqa: F401 (declarations)
