"""A list as a file: CSV or XLSX; what is exported can be imported back unchanged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.utils import timezone

from fedele.journal.acting import acting
from fedele.journal.models import Entry
from fedele.records.declare import RecordType
from fedele.records.exchange.mapping import writable
from fedele.records.exchange.sheets import csv_lines, xlsx_file
from fedele.records.fields import RecordField, fields_of
from fedele.records.listing.selection import Selection
from fedele.records.registry import registry

CHUNK = 2_000


def export(request: HttpRequest, slug: str) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """`?format=xlsx` or csv (default); the rows are those of the list or of the selection, within the right to export."""
    record_type = registry.by_slug(slug)
    if not request.user.rights.may("export", record_type.key):
        raise Http404
    data = request.POST if request.method == "POST" else request.GET.copy()
    if request.method != "POST":
        data["all"], data["query"] = "1", request.GET.urlencode()  # type: ignore[index]
    selection = Selection.read(record_type, request.user, data)
    fields = exported(record_type, request.user)
    rows = rows_of(selection.records("export"), fields, request.user)
    tell(record_type, request.user, selection)
    name = f"{record_type.slug}-{timezone.localdate().isoformat()}"
    if data.get("format") == "xlsx":
        return FileResponse(xlsx_file(fields, rows), as_attachment=True, filename=f"{name}.xlsx")
    response = StreamingHttpResponse(
        csv_lines([str(field.label) for field in fields], rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def tell(record_type: RecordType, user: Any, selection: Selection) -> None:
    """Who took which list out of the house, and when, is part of the audit."""
    Entry.objects.create(
        kind="list.exported",
        record_type=record_type.key,
        record_id=0,
        actor=user,
        door=acting().door,
        title=str(record_type.plural)[:200],
        data={"query": selection.query.address, "ids": len(selection.ids)},
    )


def exported(record_type: RecordType, user: Any) -> list[RecordField]:
    """The number first, then every field a file may set again, then what only follows from others."""
    fields = writable(record_type, user)
    key = record_type.exchange.key
    known = fields_of(record_type, user)
    told = [known[name] for name in record_type.exchange.told if name in known]
    first = [fields[key]] if key in fields else []
    return [*first, *(one for name, one in fields.items() if name != key), *told]


def rows_of(records: Any, fields: list[RecordField], user: Any) -> Iterator[list[Any]]:
    """Plain values, relations by name (people by e-mail), read in pieces by key: memory does not grow with the list."""
    paths = [path for field in fields for path in _paths(field)]
    partly = [field for field in fields if _is_partly_seen(field, user)]
    last = 0
    ordered = records.order_by("pk")
    while some := list(
        ordered.filter(pk__gt=last).values_list("pk", *paths, *(field.path for field in partly))[:CHUNK]
    ):
        unseen = _unseen(partly, some, user)
        for key, *values in some:
            last = key
            yield _line(fields, values, {name for name, at, ids in unseen if values[at] in ids})


def _is_partly_seen(field: RecordField, user: Any) -> bool:
    key = getattr(field.target, "record_type", "") if field.kind == "relation" else ""
    return bool(key) and user.rights.reach(key) != "all"


def _unseen(partly: list[RecordField], rows: list[Any], user: Any) -> list[tuple[str, int, set[Any]]]:
    """(name, place of its id in a row, ids not seen) of each relation to records this user sees only in part."""
    found = []
    for at, field in enumerate(reversed(partly), 1):
        ids = {row[-at] for row in rows}
        seen = set(field.target.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))
        found.append((field.name, -at, ids - seen))
    return found


def _paths(field: RecordField) -> tuple[str, ...]:
    if field.kind == "user":
        return (f"{field.name}__email",)
    other = registry.get(field.target._meta.model_name) if field.kind == "relation" else None
    if other is not None and other.search and len(other.search.title) > len(field.shown):
        # By the whole title, under which the record is found again: of a lead its company belongs to it.
        return tuple(f"{field.name}__{name}" for name in other.search.title)
    return field.shown


def _line(fields: list[RecordField], values: list[Any], unseen: set[str]) -> list[Any]:
    line, at = [], 0
    for field in fields:
        width = len(_paths(field))
        part = values[at : at + width]
        at += width
        if field.name in unseen:
            line.append("")
        else:
            line.append(" ".join(str(one) for one in part if one) if field.is_relation else _value(field, part[0]))
    return line


def _value(field: RecordField, value: Any) -> Any:
    if value is None:
        return ""
    if field.kind == "multi":
        return ", ".join(map(str, value))
    if field.kind == "choice":
        return field.label_of(value)
    if field.is_custom and field.kind == "date":
        return dt.date.fromisoformat(value)
    return value


def write_file(record_type: RecordType, path: Path, user: Any, query: str) -> int:
    """The same for the command line; returns how many rows. The ending of the name chooses the format."""
    data = QueryDict(mutable=True)
    data["all"], data["query"] = "1", query
    selection = Selection.read(record_type, user, data)
    fields = exported(record_type, user)
    counted = _Counted(rows_of(selection.records("export"), fields, user))
    if path.suffix.lower() == ".xlsx":
        with xlsx_file(fields, counted) as book, path.open("wb") as file:
            while chunk := book.read(1 << 20):
                file.write(chunk)
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(csv_lines([str(field.label) for field in fields], counted))
    tell(record_type, user, selection)
    return counted.number


class _Counted:
    """Rows, and how many of them were taken."""

    def __init__(self, rows: Iterator[list[Any]]) -> None:
        self.rows, self.number = rows, 0

    def __iter__(self) -> Iterator[list[Any]]:
        for row in self.rows:
            self.number += 1
            yield row
