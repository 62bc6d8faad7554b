from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CalendarConfig(AppConfig):
    name = "fedele.calendar"
    label = "calendar"
    verbose_name = _("Calendar")

    def ready(self) -> None:
        from fedele.calendar import access, briefing, lifecycle, menu, notices, reactions, sentences  # noqa: F401 (declarations)
        from fedele.calendar.activities import composing, contact, guiding, idle, numbers, page, record, team, today  # noqa: F401
        from fedele.calendar.invitations import showing  # noqa: F401
