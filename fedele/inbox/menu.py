"""Where mail and conversations stand in the menu."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fedele.inbox.threads.listing import waiting_count
from fedele.ui import menu

menu.entry(
    "start",
    "mail",
    pgettext_lazy("mail", "Mail"),
    "mail",
    "mail",
    keys="g m",
    right=("view", "message"),
    badge=waiting_count,
)
menu.personal_tab("letters", _("E-mail"), "own_letters", right=("create", "message"), order=30)
