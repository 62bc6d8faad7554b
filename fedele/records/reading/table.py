"""`open_table`: one way to read every kind of file of rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain, islice
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from fedele.records.reading.delimited import Delimited
from fedele.records.reading.formats import find_formats
from fedele.records.reading.headers import column_names, find_header, useful_width
from fedele.records.reading.kinds import kind_of
from fedele.records.reading.refusals import Row, UnreadableFile
from fedele.records.reading.source import Source
from fedele.records.reading.spreadsheets import Spreadsheet
from fedele.records.reading.vcards import Cards

MAX_COLUMNS = 1_000
#: What is looked at to understand a table: so many rows, cells or characters, whichever is reached first.
_SAMPLE_ROWS, _SAMPLE_CELLS, _SAMPLE_CHARACTERS = 5_000, 200_000, 5_000_000


class Table:
    """A file understood: how it is written, the names of its columns, its rows."""

    def __init__(
        self,
        content: Delimited | Spreadsheet | Cards,
        header_row: int | None,
        decimal: str | None,
        date_order: str | None,
    ) -> None:
        self._content = content
        #: csv, xlsx, ods, xls or vcard.
        self.kind: str = content.kind
        self.encoding: str = content.encoding
        self.delimiter: str = content.delimiter
        self.sheets: tuple[str, ...] = content.sheets
        self.sheet: str = content.sheet
        self.warnings: list[str] = content.warnings
        #: Lines of the file or rows of the sheet, to measure progress by.
        self.line_count: int = content.line_count
        self._rest = content.records()
        self._sample = _some(self._rest)
        self._fresh = True
        self._find_columns(header_row)
        self._find_formats(decimal, date_order)

    @property
    def row_count(self) -> int | None:
        """How many rows at most; None where it is not known without reading all."""
        return None if self.kind == "vcard" else max(0, self.line_count - self.header_row)

    def sample(self, count: int = 10) -> list[Row]:
        return list(islice(self._shaped(self._sample), count))

    def rows(self) -> Iterator[Row]:
        """All rows below the header, from the beginning at each call; rows without any value are left out."""
        if self._fresh:
            self._fresh = False
            first, rest = self._sample, self._rest
            self._sample, self._rest = first[: 50 + self.header_row], iter(())
            return self._shaped(chain(first, rest))
        return self._shaped(self._content.records())

    def _find_columns(self, header_row: int | None) -> None:
        if isinstance(self._content, Cards):
            self.header_row, self.headers = 0, list(self._content.headers)
        else:
            header = self._header(header_row)
            #: Line of the header, 0 when the columns have no names.
            self.header_row = header.line if header else 0
            below = [row for row in self._sample if row.line > self.header_row]
            width = useful_width(header, below)
            self.headers = column_names(header.cells if header else (), width)
            if not any(row.problem or not _is_blank(row) for row in below):
                raise UnreadableFile(_("There are no rows below the header: there is nothing to read."))
        if len(self.headers) > MAX_COLUMNS:
            raise UnreadableFile(
                _("The file has %(found)s columns; at most %(limit)s can be read. Is the delimiter the right one?")
                % {"found": len(self.headers), "limit": MAX_COLUMNS}
            )

    def _header(self, header_row: int | None) -> Row | None:
        if all(_is_blank(row) for row in self._sample):
            raise UnreadableFile(_("The file is empty."))
        if header_row is None:
            return find_header(self._sample)
        if header_row == 0:
            return None
        for row in self._sample:
            if row.line >= header_row:
                return row
        raise UnreadableFile(_("Row %(row)s is not in this file.") % {"row": header_row})

    def _find_formats(self, decimal: str | None, date_order: str | None) -> None:
        self._said = decimal, date_order
        self.settle_formats(range(len(self.headers)))

    def settle_formats(self, columns: Collection[int]) -> None:
        """How numbers and dates are written, told from these columns alone; what was said when opening stands.

        Before the rows are read: codes with a point in them must not decide about the amounts beside them.
        """
        decimal, date_order = self._said
        below = (
            [row.cells[at] for at in columns if at < len(row.cells)]
            for row in self._sample
            if row.line > self.header_row
        )
        found_decimal, found_order = find_formats(below) if not (decimal and date_order) else ("", "")
        #: Mark before the fraction, "," or "."; order of the parts of dates, "dmy", "mdy" or "ymd".
        self.decimal = decimal or found_decimal
        self.date_order = date_order or found_order
        if isinstance(self._content, Spreadsheet):
            self._content.decimal = self.decimal

    def _shaped(self, records: Any) -> Iterator[Row]:
        """As many cells as headers, or a problem."""
        width, header_row = len(self.headers), self.header_row
        written = self._content.written if isinstance(self._content, Spreadsheet) else None
        for row in records:
            if row.line <= header_row:
                continue
            if written:
                row = Row(row.line, written(row.cells), row.problem)  # noqa: PLW2901
            if row.problem:
                yield row
            elif any(map(str.strip, row.cells)):
                yield row if len(row.cells) == width else self._fitted(row, width)

    def _fitted(self, row: Row, width: int) -> Row:
        cells = row.cells
        if len(cells) > width and not any(map(str.strip, cells[width:])):
            return Row(row.line, cells[:width])
        if len(cells) < width and not self.header_row:
            return Row(row.line, cells + [""] * (width - len(cells)))
        problem = (
            _("This row has %(found)s values, the header has %(expected)s: is there a delimiter inside a value?")
            if len(cells) > width
            else _("This row has %(found)s values, the header has %(expected)s: is there a line break inside a value?")
        )
        return Row(row.line, cells, problem % {"found": len(cells), "expected": width})


def _is_blank(row: Row) -> bool:
    return not row.problem and not any(type(cell) is not str or cell.strip() for cell in row.cells)


def _some(records: Iterator[Row]) -> list[Row]:
    rows: list[Row] = []
    cells = characters = 0
    for row in records:
        rows.append(row)
        cells += len(row.cells)
        characters += sum(len(cell) for cell in row.cells if type(cell) is str)
        if len(rows) >= _SAMPLE_ROWS or cells >= _SAMPLE_CELLS or characters >= _SAMPLE_CHARACTERS:
            break
    return rows


def open_table(
    path_or_file: Any,
    name: str = "",
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_row: int | None = None,
    sheet: str | None = None,
    decimal: str | None = None,
    date_order: str | None = None,
    max_bytes: int | None = None,
) -> Table:
    """Understands a file (path, open binary file or upload) as a table; raises UnreadableFile.

    What is not given is found out: `header_row` counts lines from 1 and is 0 for a table without header; `sheet` is a
    name; `decimal` is "," or "."; `date_order` "dmy", "mdy" or "ymd"; `max_bytes` by default the setting
    IMPORT_MAX_BYTES.
    """
    source = Source(path_or_file, max_bytes or settings.IMPORT_MAX_BYTES)
    kind = kind_of(source, name)
    content: Delimited | Spreadsheet | Cards
    if kind == "csv":
        content = Delimited(source, encoding, delimiter)
    elif kind == "vcard":
        content = Cards(source, encoding)
    else:
        content = Spreadsheet(source, kind, sheet)
    return Table(content, header_row, decimal, date_order)
