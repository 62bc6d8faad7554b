"""A list as a file: CSV or XLSX, streamed; what is exported can be imported back unchanged."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.journal.models import Entry
from fedele.records.declare import RecordType
from fedele.records.exchange.mapping import writable
from fedele.records.exchange.wizard import _Echo, safe
from fedele.records.fields import RecordField
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
    rows = rows_of(record_type, selection.records("export"), fields)
    _tell(record_type, request.user, selection)
    name = f"{record_type.slug}-{timezone.localdate().isoformat()}"
    if data.get("format") == "xlsx":
        return FileResponse(_xlsx(fields, rows), as_attachment=True, filename=f"{name}.xlsx")
    response = StreamingHttpResponse(_csv(fields, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _tell(record_type: RecordType, user: Any, selection: Selection) -> None:
    """Who took which list out of the house, and when, is part of the audit."""
    Entry.objects.create(
        kind="list.exported", record_type=record_type.key, record_id=0, actor=user, door="screen",
        title=str(record_type.plural)[:200], data={"query": selection.query.address, "ids": len(selection.ids)},
    )


def exported(record_type: RecordType, user: Any) -> list[RecordField]:
    """The number first, then every field a file may set again."""
    fields = writable(record_type, user)
    key = record_type.exchange.key
    return [fields[key], *(one for name, one in fields.items() if name != key)] if key in fields else list(fields.values())


def rows_of(record_type: RecordType, records: Any, fields: list[RecordField]) -> Iterator[list[Any]]:
    """Plain values, relations by name (people by e-mail), read in pieces by key: memory does not grow with the list."""
    paths = [path for field in fields for path in _paths(field)]
    last = 0
    ordered = records.order_by("pk")
    while some := list(ordered.filter(pk__gt=last).values_list("pk", *paths)[:CHUNK]):
        for key, *values in some:
            last = key
            yield _line(fields, values)


def _paths(field: RecordField) -> tuple[str, ...]:
    if field.kind == "user":
        return (f"{field.name}__email",)
    return field.shown


def _line(fields: list[RecordField], values: list[Any]) -> list[Any]:
    line, at = [], 0
    for field in fields:
        width = len(_paths(field))
        part = values[at : at + width]
        at += width
        line.append(" ".join(str(one) for one in part if one) if field.is_relation else _value(field, part[0]))
    return line


def _value(field: RecordField, value: Any) -> Any:
    if value is None:
        return ""
    if field.kind == "multi":
        return ", ".join(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.choices:
        return field.label_of(value)
    return value


def _csv(fields: list[RecordField], rows: Iterator[list[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow([str(field.label) for field in fields])
    for row in rows:
        yield writer.writerow([_written(value) for value in row])


def _written(value: Any) -> str:
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", ",")
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, int) else safe(value)


def _xlsx(fields: list[RecordField], rows: Iterator[list[Any]]) -> Any:
    """Texts are written as texts, never as formulas or links, so nothing in a cell can run."""
    path = Path(tempfile.mkstemp(suffix=".xlsx")[1])
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    sheet = book.add_worksheet(_("List")[:31])
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    for at, field in enumerate(fields):
        sheet.write_string(0, at, str(field.label), bold)
        sheet.set_column(at, at, 14 if field.is_numeric or field.kind == "date" else 22)
    sheet.freeze_panes(1, 0)
    for line, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            _write_cell(sheet, line, at, value, day)
    book.close()
    file = path.open("rb")
    path.unlink()
    return file


def _write_cell(sheet: Any, line: int, at: int, value: Any, day: Any) -> None:
    if value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(line, at, _("yes") if value else _("no"))
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(line, at, float(value))
    elif isinstance(value, dt.datetime):
        sheet.write_string(line, at, timezone.localtime(value).strftime("%Y-%m-%d %H:%M"))
    elif isinstance(value, dt.date):
        sheet.write_datetime(line, at, dt.datetime.combine(value, dt.time.min), day)
    else:
        sheet.write_string(line, at, str(value)[:32_000])


def write_file(record_type: RecordType, path: Path, user: Any, query: str) -> int:
    """The same for the command line; returns how many rows. The ending of the name chooses the format."""
    from django.http import QueryDict

    data = QueryDict(mutable=True)
    data["all"], data["query"] = "1", query
    selection = Selection.read(record_type, user, data)
    fields = exported(record_type, user)
    counted = _Counted(rows_of(record_type, selection.records("export"), fields))
    if path.suffix.lower() == ".xlsx":
        path.write_bytes(_xlsx(fields, iter(counted)).read())
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(_csv(fields, iter(counted)))
    return counted.number


class _Counted:
    def __init__(self, rows: Iterator[list[Any]]) -> None:
        self.rows, self.number = rows, 0

    def __iter__(self) -> Iterator[list[Any]]:
        for row in self.rows:
            self.number += 1
            yield row
