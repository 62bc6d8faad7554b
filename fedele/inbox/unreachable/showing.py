"""On the page of who can no longer be written to: a badge beside the name, and above it when and why, with a way out."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.inbox.unreachable.models import Unreachable
from fedele.journal.sentences import sentence
from fedele.records.adding import Banner, adds_banners, adds_warnings
from fedele.records.beforehand import asks_beforehand, may_have

REACHED = ("company", "contact", "lead")
#: What is written on the record when somebody says so.
WORKS_AGAIN = "address_works"

sentence(f"*.{WORKS_AGAIN}", gettext_lazy("the e-mail address works again"), icon="mail-check")


@asks_beforehand(*REACHED)
def whether_it_came_back(record_type: Any) -> dict[str, Any]:
    return {"mail_came_back": Exists(Unreachable.objects.filter(address=OuterRef("email"), since__isnull=False))}


def unreachable(record: Any, user: Any) -> Unreachable | None:
    """Asked once a page; nothing for who may not see the address."""
    if not record.email or user.rights.hides(record.record_type, "email") or not may_have(record, "mail_came_back"):
        return None
    if "_unreachable" not in record.__dict__:
        record.__dict__["_unreachable"] = Unreachable.objects.for_good().filter(address=record.email).first()
    found: Unreachable | None = record.__dict__["_unreachable"]
    return found


@adds_warnings(*REACHED)
def warn(record: Any, user: Any) -> list[tuple[str, str]]:
    return [("bad", _("e-mail address cannot be reached"))] if unreachable(record, user) else []


@adds_banners(*REACHED)
def banner(record: Any, user: Any) -> list[Banner]:
    found = unreachable(record, user)
    if found is None:
        return []
    if record.is_trashed or not user.rights.covers(record, "edit"):
        return [Banner(found.why, "warn")]
    url = f"/mail/unreachable/{record.record_type}/{record.pk}/works/"
    return [Banner(found.why, "warn", url, _("The address works again"), posts=True)]
