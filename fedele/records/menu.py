from django.utils.translation import gettext_lazy as _

from fedele.notices import unread_count
from fedele.ui import menu


def add_menu() -> None:
    """What everybody starts from, above the departments."""
    menu.section("start", "", order=0)
    menu.entry("start", "home", _("Today"), "/", icon="sun", keys="g h")
    menu.entry("start", "inbox", _("Inbox"), "/notices/", icon="inbox", keys="g i", badge=unread_count)
