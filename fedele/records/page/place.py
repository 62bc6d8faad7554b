"""Where a record stands in the list it was opened from: "7 of 124", the one before and the one after."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_GET

from fedele.records.declare import RecordType
from fedele.records.filtering import BadFilter
from fedele.records.listing.views import read_query, tabs_of
from fedele.records.page.finding import find
from fedele.records.query import ListQuery, _past, cursor
from fedele.ui import render

#: Further down nobody counts.
COUNTED = 5_000


@require_GET
def place(request: HttpRequest, record_type: RecordType, pk: int) -> HttpResponse:
    """Fetched after the page, so that the page does not wait for it. Empty when the record is not in that list."""
    record = find(record_type, pk, request.user)
    data = QueryDict(request.GET.get("from", "")[:2000])
    query = read_query(record_type, request.user, data, tabs_of(record_type, request.user, data.get("view", "")))
    context: dict[str, Any] = {"place": None, "from": quote(request.GET.get("from", "")), "record_type": record_type}
    try:
        if query.records().filter(pk=pk).exists():
            context["place"] = _place(query, record)
    except BadFilter:
        pass
    return render(request, "records/_place.html", context)


def _place(query: ListQuery, record: Any) -> dict[str, Any]:
    field, down = query.order
    here = cursor(field.value_of(record) if not field.is_relation else getattr(record, field.path), record.pk)
    after = query.records().filter(_past(field, down, here))
    before = query.records().filter(_past(field, not down, here))
    sign, back = ("-", "") if down else ("", "-")
    return {
        "next": after.order_by(f"{sign}{field.path}", f"{sign}pk").values_list("pk", flat=True).first(),
        "previous": before.order_by(f"{back}{field.path}", f"{back}pk").values_list("pk", flat=True).first(),
        "number": before.order_by().values("pk")[:COUNTED].count() + 1,
        "of": query.count(COUNTED),
        "over": COUNTED,
    }
