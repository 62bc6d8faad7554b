"""What privacy adds to the pages of persons."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from fedele.people.privacy.models import PrivacyRequest
from fedele.records.adding import MenuEntry, adds_menu, adds_warnings
from fedele.records.beforehand import asks_beforehand, may_have
from fedele.ui.moments import date


@asks_beforehand("contact", "lead")
def whether_asked(record_type: Any) -> dict[str, Any]:
    living = PrivacyRequest.objects.filter(trashed_at=None, state="open")
    return {"requests": Exists(living.filter(**{record_type.key: OuterRef("pk")}))}


@adds_warnings("contact", "lead")
def open_requests(record: Any, user: Any) -> list[tuple[str, str]]:
    """What the person has asked for and is still owed."""
    if not user.rights.may("view", "privacyrequest") or not may_have(record, "requests"):
        return []
    of = {f"{record.record_type}_id": record.pk}
    rows = PrivacyRequest.objects.visible_to(user).filter(Q(**of), state="open").order_by("due_on")[:3]
    text = _("asks to %(what)s: answer due %(day)s")
    return [
        ("bad" if one.is_late else "warn", text % {"what": one.get_kind_display(), "day": date(one.due_on)})
        for one in rows
    ]


@adds_menu("contact", "lead")
def what_a_person_may_ask(record: Any, user: Any) -> list[MenuEntry]:
    base = f"/privacy/{record.record_type}/{record.pk}"
    entries = []
    if user.rights.covers(record, "export"):
        entries.append(MenuEntry(_("Whole file of this person"), f"{base}/file/", "file-down"))
    if user.is_administrator:
        seen = f"/setup/privacy/seen/?of={record.record_type}:{record.pk}"
        entries.append(MenuEntry(_("Who has seen this person"), seen, "eye"))
        entries.append(MenuEntry(_("Erase this person…"), f"{base}/erase/", "eraser"))
    return entries
