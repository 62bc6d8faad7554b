"""Rows written as a file: CSV piece by piece, XLSX through a temporary file. Nothing in a cell can run."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.records.exchange.guarding import guarded
from fedele.records.exchange.policies import LONGEST_CELL
from fedele.records.fields import RecordField
from fedele.records.reading.formats import house_decimal

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class _Echo:
    """A file that gives each written line back, so that a file of any size streams."""

    def write(self, text: str) -> str:
        return text


def csv_lines(headers: list[str], rows: Iterable[list[Any]]) -> Iterator[str]:
    """With a byte order mark, without which spreadsheets take it for another encoding; semicolons as in Italy."""
    writer = csv.writer(_Echo(), delimiter=";")
    mark = house_decimal()
    yield "\ufeff" + writer.writerow([guarded(header) for header in headers])
    for row in rows:
        yield writer.writerow([_written(value, mark) for value in row])


def _written(value: Any, mark: str) -> str:
    if type(value) is str:
        return guarded(value)
    if isinstance(value, Decimal | float):
        return format(Decimal(str(value)), "f").replace(".", mark)
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def xlsx_file(fields: list[RecordField], rows: Iterable[list[Any]]) -> Any:
    """An open file, which is gone from the disk once it is closed."""
    path = Path(tempfile.mkstemp(suffix=".xlsx")[1])
    try:
        book = xlsxwriter.Workbook(str(path), _OPTIONS)
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
        return path.open("rb")
    finally:
        path.unlink()


def _write_cell(sheet: Any, line: int, at: int, value: Any, day: Any) -> None:
    if value == "":
        return
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        sheet.write_number(line, at, float(value))
    elif isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        sheet.write_datetime(line, at, dt.datetime.combine(value, dt.time.min), day)
    else:
        sheet.write_string(line, at, _fitting(_plain(value)))


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"
