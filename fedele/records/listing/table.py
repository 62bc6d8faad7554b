"""The rows of a list as HTML cells: two statements whatever the number of rows, and plain tuples instead of objects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from fedele.base.house import house
from fedele.records.cells import EMPTY, shower
from fedele.records.declare import RecordType
from fedele.records.fields import RecordField
from fedele.records.query import ListQuery
from fedele.records.registry import registry


@dataclass(frozen=True)
class Column:
    field: RecordField
    label: Any
    #: "ascending", "descending" or "".
    sorted: str
    #: Address of the list sorted by this column; "" if it cannot be.
    sort_url: str
    editable: bool

    @property
    def is_numeric(self) -> bool:
        return self.field.is_numeric


@dataclass(frozen=True)
class Row:
    id: int
    url: str
    title: str
    cells: Sequence[str]
    #: Words of its long texts around what was searched for.
    said: str = ""


@dataclass(frozen=True)
class Table:
    columns: list[Column]
    rows: list[Row]
    after: str


def table_of(query: ListQuery) -> Table:
    shown = query.shown
    getters, paths = _getters(query, shown)
    rows, after = query.page(paths=tuple(paths))
    hidden = _hidden_relations(query, shown, rows, paths)
    title = _title_getter(query.record_type, shown[0] if shown else None, paths)
    base = query.record_type.url()
    said = query.said([row[0] for row in rows])
    made = [
        Row(row[0], f"{base}{row[0]}/", title(row), [getter(row, hidden) for getter in getters], said.get(row[0], ""))
        for row in rows
    ]
    return Table(columns_of(query), made, after)


def columns_of(query: ListQuery) -> list[Column]:
    by, down = query.order
    may_edit = query.user.rights.may("edit", query.record_type.key) and not query.trash
    columns = []
    for at, field in enumerate(query.shown):
        current = "" if field is not by else "descending" if down else "ascending"
        to = (
            f"-{field.name}"
            if current == "ascending" or (not current and field.kind in ("money", "datetime"))
            else field.name
        )
        label = (query.record_type.listing.title_label if at == 0 else "") or field.label
        url = f"?{query.address_with(sort=to)}" if field.sortable else ""
        columns.append(
            Column(
                field,
                label,
                current,
                url,
                may_edit and field.editable and (at > 0 or not query.record_type.listing.title),
            )
        )
    return columns


Getter = Callable[[tuple[Any, ...], dict[str, set[Any]]], str]


def _getters(query: ListQuery, shown: list[RecordField]) -> tuple[list[Getter], list[str]]:
    """A function per column, and the paths to fetch; a value of path number n stands at n + 2 of the row."""
    paths: list[str] = [*_title_paths(query.record_type, shown[0])] if shown else []
    getters: list[Getter] = []
    for field in shown:
        at = len(paths) + 2
        if field.is_relation:
            paths += [field.path, *field.shown]
            getters.append(_relation_getter(field, at))
        else:
            paths.append(field.shown[0])
            show = shower(query.record_type, field, currency=house().currency)
            getters.append(lambda row, _hidden, at=at, show=show: show(row[at]))  # type: ignore[misc]
    return getters, paths


def _relation_getter(field: RecordField, at: int) -> Getter:
    until = at + 1 + len(field.shown)
    target = registry.get(field.target._meta.model_name)
    base = target.url() if target else ""

    def show(row: tuple[Any, ...], hidden: dict[str, set[Any]]) -> str:
        key = row[at]
        if key is None or (field.name in hidden and key not in hidden[field.name]):
            return EMPTY
        name = " ".join(str(part) for part in row[at + 1 : until] if part)
        if field.kind == "user":
            initials = "".join(str(part)[:1] for part in row[at + 1 : until] if part).upper()
            return Markup('<span class="person"><span class="avatar" aria-hidden="true">{}</span>{}</span>').format(
                initials, name
            )
        return Markup('<a class="cell-link" href="{}{}/">{}</a>').format(base, key, name) if base else escape(name)

    return show


def _hidden_relations(query: ListQuery, shown: list[RecordField], rows: Any, paths: list[str]) -> dict[str, set[Any]]:
    """For relations to records the user may see only in part: the ids of this page that are visible."""
    visible: dict[str, set[Any]] = {}
    for field in shown:
        if field.kind != "relation" or not hasattr(field.target, "record_type"):
            continue
        if query.user.rights.reach(field.target.record_type) != "all":
            at = paths.index(field.path) + 2
            ids = {row[at] for row in rows if row[at] is not None}
            visible[field.name] = set(
                field.target.objects.visible_to(query.user).filter(pk__in=ids).values_list("pk", flat=True)
            )
    return visible


def _title_paths(record_type: RecordType, first: RecordField) -> tuple[str, ...]:
    listing = record_type.listing
    return (*(listing.title or first.shown), *((listing.title_else,) if listing.title_else else ()))


def _title_getter(
    record_type: RecordType, first: RecordField | None, paths: list[str]
) -> Callable[[tuple[Any, ...]], str]:
    if first is None:
        return lambda row: str(row[0])
    count = len(record_type.listing.title or first.shown)
    other = 2 + count if record_type.listing.title_else else 0

    def title(row: tuple[Any, ...]) -> str:
        name = " ".join(str(part) for part in row[2 : 2 + count] if part)
        return name or (str(row[other]) if other and row[other] else f"{row[0]}")

    return title
