"""The columns of a file that go into a field, each with what turns its cells into values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fedele.records.declare import Joined, RecordType
from fedele.records.exchange.cells import Parser, parser_for
from fedele.records.exchange.changing import Change, change_of
from fedele.records.exchange.chosen import Chosen, chosen_of
from fedele.records.exchange.related import Finder
from fedele.records.exchange.targets import Target, targets_of
from fedele.records.fields import RecordField

#: Kinds whose cells are read by the decimal mark, or the order of dates, of the file.
WRITTEN_KINDS = ("number", "percent", "money", "date", "datetime")
#: Place of a column that stands in no file: its cell is the same in all rows.
NOWHERE = -1


@dataclass(frozen=True)
class Column:
    header: str
    at: int
    field: RecordField
    parse: Parser | None
    find: Finder | None
    #: What is done to a cell before it is read.
    change: Change | None = None
    policy: str = ""
    #: The field of our record whose record this column is about; "" for our record itself.
    group: str = ""
    #: The cell of all rows, of a column that stands in no file.
    constant: str = ""
    #: One of several columns that go into this text, each on its line.
    is_remark: bool = False

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def full_name(self) -> str:
        return f"{self.group}.{self.field.name}" if self.group else self.field.name

    @property
    def needs(self) -> tuple[str, ...]:
        """Fields of the record that must be known before a cell can be read: the country of a telephone number."""
        return getattr(self.field.field, "needs", ())


def columns_of(
    record_type: RecordType,
    table: Any,
    mapping: dict[str, Any],
    rules: dict[str, Any],
    user: Any,
    constants: dict[str, str] | None = None,
) -> list[Column]:
    """The mapped columns, those first that others need; constants behind them, where no column goes there."""
    targets = targets_of(record_type, user)
    chosen = [
        (at, header, one, targets[one.field])
        for header, one in chosen_of(mapping).items()
        if one.field in targets and (at := table.headers.index(header) if header in table.headers else NOWHERE) >= 0
    ]
    chosen.sort(key=lambda one: one[0])
    table.settle_formats([at for at, _header, _one, target in chosen if target.kind in WRITTEN_KINDS])
    columns = [
        column for at, header, one, target in chosen for column in _columns(at, header, one, target, table, rules, user)
    ]
    taken = {column.full_name for column in columns}
    for name, text in (constants or {}).items():
        if name in targets and name not in taken and text:
            columns += _columns(NOWHERE, _("All rows"), Chosen(name), targets[name], table, rules, user, text)
    needed = {name for column in columns for name in column.needs}
    return sorted(columns, key=lambda column: column.name not in needed)


def _columns(
    at: int, header: str, one: Chosen, target: Target, table: Any, rules: dict[str, Any], user: Any, constant: str = ""
) -> list[Column]:
    """One; two of a column that goes into two fields."""
    if target.joined:
        change = change_of(one, header)
        return [
            _column(at, header, field, one, table, rules, user, change=_half(target.joined, half, change))
            for half, field in enumerate(target.parts)
        ]
    return [
        _column(
            at, header, target.field, one, table, rules, user,
            change=change_of(one, header), group=target.group, constant=constant,
        )
    ]  # fmt: skip


def _half(joined: Joined, half: int, change: Change | None) -> Change:
    if change is None:
        return lambda cell: joined.split(cell)[half]
    return lambda cell: change(joined.split(cell)[half])


def _column(
    at: int, header: str, field: RecordField, one: Chosen, table: Any, rules: dict[str, Any], user: Any, **more: Any
) -> Column:
    more |= {"policy": one.policy, "is_remark": one.is_remark}
    if field.is_relation:
        return Column(header, at, field, None, Finder(field, user, rules), **more)
    parse = parser_for(field, decimal=table.decimal, date_order=one.date_order or table.date_order)
    return Column(header, at, field, parse, None, **more)
