"""On the page of a document: the e-mails its file came with, for who may see those."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef

from fedele.inbox.messages.models import Message
from fedele.inbox.saving.models import Saved
from fedele.records.adding import adds_panel
from fedele.records.beforehand import asks_beforehand, may_have

MOST = 5


@asks_beforehand("document")
def whether_by_mail(_record_type: Any) -> dict[str, Any]:
    return {"came_with": Exists(Saved.objects.filter(document=OuterRef("pk")))}


@adds_panel("document", template="inbox/saving/_came_with.html", order=15)
def came_with(record: Any, user: Any) -> dict[str, Any] | None:
    if not may_have(record, "came_with"):
        return None
    ids = Saved.objects.filter(document=record.pk).values("attachment__message")
    found = list(Message.objects.visible_to(user).filter(pk__in=ids).order_by("-at", "-pk")[:MOST])
    return {"messages": found} if found else None
