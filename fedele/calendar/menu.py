from typing import Any

from django.utils.translation import gettext_lazy as _

from fedele.access.administration import page
from fedele.ui import menu


def leads(user: Any) -> bool:
    """Who may change the activities of others hands them out."""
    return user.rights.reach("activity", "edit") in ("team", "below", "all")


menu.section("calendar", _("Calendar"), order=20)
menu.personal_tab("hours", _("Working hours"), "own_hours", right=("view", "activity"), order=35)
page(
    "hours", _("Working hours"), icon="clock", url_name="setup_hours", order=45,
    note=_("The week, public holidays, days of closing"), urls="fedele.calendar.hours.setup_urls",
)  # fmt: skip
menu.personal_tab("feed", _("Calendar on other devices"), "own_feed", right=("view", "activity"), order=40)
menu.entry(
    "calendar", "planner", _("Calendar"), "calendar", icon="calendar", keys="g v", right=("view", "activity"), order=10
)
menu.entry(
    "calendar",
    "distribute",
    _("Hand out work"),
    "calendar_distribute",
    icon="forward",
    keys="g w",
    right=leads,
    order=60,
)
