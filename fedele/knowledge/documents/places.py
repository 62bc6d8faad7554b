"""The record a document is put on, as an address names it: «company:12»."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from fedele.knowledge.documents.lying import CUSTOMERS
from fedele.knowledge.documents.models import Document
from fedele.records.adding import EVERY
from fedele.records.beforehand import asks_beforehand
from fedele.records.page.finding import find
from fedele.records.registry import registry


def read_place(text: str, user: Any) -> Any:
    """The record, for who may see it; None when none is named."""
    if not text:
        return None
    key, _colon, number = text.partition(":")
    record_type = registry.get(key)
    if record_type is None or key == "document" or not number.isdecimal() or len(number) > 18:
        raise Http404
    return find(record_type, int(number), user)


def place_of(record: Any) -> str:
    return f"{record.record_type}:{record.pk}"


def documents_on(record: Any, user: Any) -> QuerySet[Any]:
    """Those of a customer, on whichever of their records they lie; of any other record those on it. The newest first."""
    seen = Document.objects.visible_to(user).filter(**condition(record.record_type, record.pk))
    return seen.order_by("-updated_at", "-pk")


def condition(key: str, pk: Any) -> dict[str, Any]:
    return {key: pk} if key in CUSTOMERS else {"about_type": key, "about_id": pk}


def about_of(document: Document, user: Any) -> Any:
    """The record it lies on, if this user sees it there."""
    record_type = registry.get(document.about_type) if document.about_type else None
    if record_type is None:
        return None
    return record_type.model.objects.visible_to(user).filter(pk=document.about_id).first()


@asks_beforehand(EVERY)
def whether_any(record_type: Any) -> dict[str, Any]:
    if record_type.key == "document":
        return {}
    living = Document.objects.filter(trashed_at=None)
    return {"documents": Exists(living.filter(**condition(record_type.key, OuterRef("pk"))))}
