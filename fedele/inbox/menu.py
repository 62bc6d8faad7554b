"""Where mail and conversations stand in the menu."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fedele.access.administration import page
from fedele.inbox.threads.listing import waiting_count
from fedele.ui import menu

menu.entry(
    "start",
    "mail",
    pgettext_lazy("mail", "Mail"),
    "mail",
    "mail",
    keys="g b",
    right=("view", "message"),
    badge=waiting_count,
)
menu.personal_tab("letters", _("E-mail"), "own_letters", right=("create", "message"), order=30)
menu.personal_tab("mailbox", _("My mailbox"), "own_mailbox", right=("create", "message"), order=31)
page(
    "mailboxes",
    _("Mailboxes"),
    icon="mail",
    url_name="setup_mailboxes",
    order=56,
    note=_("Which addresses are read, and who gets what comes"),
)
