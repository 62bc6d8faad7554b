"""A file to begin with: the columns of a record type, those of the company's own among them, and two rows of an example."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse

from fedele.records.declare import RecordType
from fedele.records.exchange.mapping import writable
from fedele.records.exchange.sheets import csv_lines, xlsx_file
from fedele.records.fields import RecordField
from fedele.records.registry import registry

_BY_KIND: dict[str, tuple[Any, Any]] = {
    "number": (10, 20),
    "percent": (50, 80),
    "money": (1000, 2500),
    "date": ("2026-03-31", "2026-04-15"),
    "datetime": ("2026-03-31 09:30", "2026-04-15 15:00"),
    "yesno": (True, False),
    "url": ("https://www.example.com", "https://www.example.org"),
}


def sample(request: HttpRequest, slug: str) -> StreamingHttpResponse | FileResponse:
    """`?format=xlsx` or csv (default)."""
    record_type = registry.by_slug(slug)
    if not request.user.rights.may("create", record_type.key):
        raise Http404
    fields = columns_for(record_type, request.user)
    rows = [[_example(record_type, one, at) for one in fields] for at in (0, 1)]
    if request.GET.get("format") == "xlsx":
        return FileResponse(xlsx_file(fields, rows), as_attachment=True, filename=f"{slug}.xlsx")
    lines = csv_lines([str(one.label) for one in fields], rows)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.csv"'
    return response


def columns_for(record_type: RecordType, user: Any) -> list[RecordField]:
    """What a new record can be told: not its number, nor whose it is, which the import asks for."""
    left_out = {record_type.exchange.key, "team", *record_type.exchange.also, record_type.exchange.provenance}
    return [one for name, one in writable(record_type, user).items() if name not in left_out]


def _example(record_type: RecordType, one: RecordField, at: int) -> Any:
    rows = record_type.exchange.sample
    if rows and not one.is_custom:
        return rows[at].get(one.name, "")
    if one.kind in ("choice", "multi"):
        labels = [str(label) for value, label in one.choices if value not in ("", None)]
        return labels[at % len(labels)] if labels else ""
    if one.kind in _BY_KIND:
        return _BY_KIND[one.kind][at]
    return f"{one.label} {at + 1}" if one.kind == "text" else ""
