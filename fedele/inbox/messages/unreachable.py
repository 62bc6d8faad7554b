"""A badge on who can no longer be written to: the last mail there came back for good, and none came from there since."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.inbox.messages.models import Message, Report
from fedele.records.adding import adds_warnings
from fedele.records.beforehand import asks_beforehand, may_have

REACHED = ("company", "contact", "lead")
#: After this long somebody may try again.
FORGOTTEN = dt.timedelta(days=365)


@asks_beforehand(*REACHED)
def whether_it_came_back(record_type: Any) -> dict[str, Any]:
    came_back = Report.objects.filter(kind="hard_bounce", recipient=OuterRef("email")).exclude(recipient="")
    return {"mail_came_back": Exists(came_back)}


def is_unreachable(record: Any) -> bool:
    if not record.email or not may_have(record, "mail_came_back"):
        return False
    lately = timezone.now() - FORGOTTEN
    last = Report.objects.filter(kind="hard_bounce", recipient=record.email, at__gte=lately).order_by("-at").first()
    return last is not None and not Message.objects.filter(sender=record.email, at__gt=last.at).exists()


@adds_warnings(*REACHED)
def unreachable(record: Any, user: Any) -> list[tuple[str, str]]:
    if user.rights.hides(record.record_type, "email") or not is_unreachable(record):
        return []
    return [("bad", _("e-mail address cannot be reached"))]
