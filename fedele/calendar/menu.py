from django.utils.translation import gettext_lazy as _

from fedele.ui import menu

menu.section("calendar", _("Calendar"), order=20)
menu.personal("feed", _("Calendar on other devices"), "own_feed", icon="calendar-plus", right=("view", "activity"))
menu.entry(
    "calendar", "planner", _("Calendar"), "calendar", icon="calendar", keys="g v", right=("view", "activity"), order=10
)
