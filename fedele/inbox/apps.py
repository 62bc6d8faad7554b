from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InboxConfig(AppConfig):
    name = "fedele.inbox"
    label = "inbox"
    verbose_name = _("Inbox")

    def ready(self) -> None:
        from fedele.inbox import access, menu, notices, reactions, sentences  # noqa: F401 (declarations)
        from fedele.inbox.calls import declared as calls  # noqa: F401
        from fedele.inbox.conversations import declared  # noqa: F401
        from fedele.inbox.fetching import jobs  # noqa: F401
        from fedele.inbox.messages import erasing, seeking, spoken, telling, today  # noqa: F401
        from fedele.inbox.messages import jobs as finding  # noqa: F401
        from fedele.inbox.presence import here  # noqa: F401
        from fedele.inbox.saving import showing as saved  # noqa: F401
        from fedele.inbox.sending import composing, record  # noqa: F401
        from fedele.inbox.sending import notices as letters  # noqa: F401
        from fedele.inbox.threads import declared as mail  # noqa: F401
        from fedele.inbox.unreachable import erasing as unreachable_erasing  # noqa: F401
        from fedele.inbox.unreachable import showing  # noqa: F401
