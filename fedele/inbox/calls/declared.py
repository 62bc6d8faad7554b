"""Everything of incoming calls that others find by a declaration."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.access.administration import page
from fedele.inbox.calls import dialling, showing  # noqa: F401 (declarations)
from fedele.inbox.calls.models import Call
from fedele.journal.sentences import sentence
from fedele.notices.kinds import declare
from fedele.tasks.jobs import job
from fedele.ui import menu

menu.personal_tab("phone", _("Telephone"), "own_phone", order=20)
page(
    "telephony",
    _("Telephony"),
    icon="phone",
    url_name="setup_telephony",
    urls="fedele.inbox.calls.setup_urls",
    order=75,
    note=_("How a number is dialled, and whose screen a call opens on"),
)
sentence("telephony.edited", _("changed how numbers are dialled"), icon="phone")
declare(
    "call.missed",
    label=_("Nobody answered a customer of mine"),
    text=_("Nobody answered: {title}"),
    default_email="now",
    icon="phone-missed",
    why=_("You get this because the caller is your customer, or because it rang for you."),
)

#: Days for which it is remembered that a call came in.
KEEP = 90


@job()
def prune() -> int:
    """Nightly. What came of a call stands in the calendar; that it rang is nobody's history."""
    return Call.objects.filter(received_at__lt=timezone.now() - dt.timedelta(days=KEEP)).delete()[0]
