"""The choices of a relation while one types: records by whatever is remembered of them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from fedele.records.declare import RecordType
from fedele.records.page.typed import NEW
from fedele.records.registry import registry
from fedele.records.unseen import hide_unseen
from fedele.search import find
from fedele.ui import render

MOST = 8


@require_GET
def pick(request: HttpRequest, key: str) -> HttpResponse:
    """Up to eight visible records; `new=1` adds the choice to make one of that name."""
    record_type = registry.get(key)
    if record_type is None or not request.user.rights.may("view", key):
        raise Http404
    text = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    records = choices(record_type, request.user, text)
    hide_unseen(record_type, records, request.user)
    may_make = (
        request.GET.get("new") == "1" and text and record_type.creatable and request.user.rights.may("create", key)
    )
    same = any(str(record).casefold() == text.casefold() for record in records)
    context = {
        "options": [(record.pk, str(record), record_type.second_line(record)) for record in records],
        "new": f"{NEW}{text}" if may_make and not same and record_type.named(text) else "",
        "text": text,
    }
    return render(request, "records/_pick.html", context)


def choices(record_type: RecordType, user: Any, text: str) -> list[Any]:
    """Best hits first; without a text, what was last worked on."""
    related = [name for name in record_type.related() if name not in ("owner", "team")]
    visible = record_type.model.objects.visible_to(user).select_related(*related)
    if not text:
        return list(visible.order_by("-updated_at", "-pk")[:MOST])
    within = (
        None
        if user.rights.reach(record_type.key) == "all"
        else record_type.model.objects.visible_to(user).order_by().values("pk")
    )
    ids = [hit.record_id for hit in find(text, within={record_type.key: within}, limit=MOST)]
    records = visible.in_bulk(ids)
    return [records[key] for key in ids if key in records]
