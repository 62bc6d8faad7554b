"""Whom this department tells what."""

from django.utils.translation import gettext_lazy as _

from fedele.notices.kinds import declare

declare(
    "mail.received",
    label=_("Mail for me, or from a customer of mine"),
    text=_("{who} writes: {title}"),
    icon="mail",
    why=_("You get this because you answer this mail, it came to your mailbox, or the customer is yours."),
)
declare(
    "mail.came_back",
    label=_("An e-mail of mine came back"),
    text=_("Not delivered: {title}"),
    default_email="now",
    icon="mail-x",
    why=_("You get this because you wrote the e-mail."),
)
