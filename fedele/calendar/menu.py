from django.utils.translation import gettext_lazy as _

from fedele.ui import menu

menu.section("calendar", _("Calendar"), order=20)
menu.entry(
    "calendar", "planner", _("Calendar"), "calendar", icon="calendar", keys="g v", right=("view", "activity"), order=10
)
