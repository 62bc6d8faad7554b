"""The columns of a file that go into a field, each with what turns its cells into values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fedele.records.declare import RecordType
from fedele.records.exchange.cells import Parser, parser_for
from fedele.records.exchange.mapping import writable
from fedele.records.exchange.related import Finder
from fedele.records.fields import RecordField

#: Kinds whose cells are read by the decimal mark, or the order of dates, of the file.
WRITTEN_KINDS = ("number", "percent", "money", "date", "datetime")


@dataclass(frozen=True)
class Column:
    header: str
    at: int
    field: RecordField
    parse: Parser | None
    find: Finder | None

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def needs(self) -> tuple[str, ...]:
        """Fields of the record that must be known before a cell can be read: the country of a telephone number."""
        return getattr(self.field.field, "needs", ())


def columns_of(
    record_type: RecordType, table: Any, mapping: dict[str, str], rules: dict[str, Any], user: Any
) -> list[Column]:
    """The mapped columns, those first that others need."""
    fields = writable(record_type, user)
    chosen = [
        (at, header, fields[mapping[header]])
        for at, header in enumerate(table.headers)
        if mapping.get(header) in fields
    ]
    table.settle_formats([at for at, _header, field in chosen if field.kind in WRITTEN_KINDS])
    columns = [_column(at, header, field, table, rules, user) for at, header, field in chosen]
    needed = {name for column in columns for name in column.needs}
    return sorted(columns, key=lambda column: column.name not in needed)


def _column(at: int, header: str, field: RecordField, table: Any, rules: dict[str, Any], user: Any) -> Column:
    if field.is_relation:
        return Column(header, at, field, None, Finder(field, user, rules))
    return Column(header, at, field, parser_for(field, decimal=table.decimal, date_order=table.date_order), None)
