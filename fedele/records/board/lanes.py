"""What a board shows: totals of each lane over everything, and the first cards; four statements whatever the size."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, F, Sum, Value

from fedele.records.declare import Lane
from fedele.records.query import ListQuery
from fedele.records.tally.reading import Total, lanes_of

CARDS = 20


@dataclass
class Column:
    lane: Lane
    count: int = 0
    total: Decimal | None = None
    weighted: Decimal | None = None
    cards: list[Any] | None = None
    #: Part of the whole board's total, 0 to 1.
    share: float | None = None
    after: str = ""


@dataclass
class Summary:
    count: int
    total: Decimal | None
    weighted: Decimal | None


def board_of(query: ListQuery, lanes: list[Lane], *, only: str = "") -> tuple[list[Column], Summary]:
    """All lanes with totals and first cards; with `only` just the totals (after a move)."""
    columns = {lane.key: Column(lane, cards=[]) for lane in lanes}
    _add_totals(query, columns)
    if not only:
        _add_cards(query, columns)
    return list(columns.values()), _summary(list(columns.values()))


def _path(query: ListQuery) -> str:
    board = query.record_type.board
    assert board is not None
    return str(query.record_type.model._meta.get_field(board.by).attname)


def _add_totals(query: ListQuery, columns: dict[str, Column]) -> None:
    board = query.record_type.board
    assert board is not None
    shows_money = bool(board.total) and board.total in query.fields
    totals = lanes_of(query)
    for key, total in (_counted(query) if totals is None else totals).items():
        if column := columns.get(key):
            column.count = total.n
            if shows_money:
                column.total = total.total
                column.weighted = total.weighted if board.weighted in query.fields else None
    whole = sum((column.total or 0 for column in columns.values()), Decimal(0))
    for column in columns.values():
        if whole and column.total is not None:
            column.share = float(column.total / whole)


def _counted(query: ListQuery) -> dict[str, Total]:
    """Totals of a filtered board, added up by the database."""
    board, path = query.record_type.board, _path(query)
    assert board is not None
    total = F(board.total) if board.total else Value(Decimal(0))
    weighted = F(board.total) * F(board.weighted) / 100 if board.weighted else Value(Decimal(0))
    rows = query.records().order_by().values(path).annotate(n=Count("pk"), total=Sum(total), weighted=Sum(weighted))
    return {str(row[path]): Total(row["n"], row["total"] or Decimal(0), row["weighted"] or Decimal(0)) for row in rows}


def _summary(columns: list[Column]) -> Summary:
    totals = [column.total for column in columns if column.total is not None]
    weighted = [column.weighted for column in columns if column.weighted is not None]
    return Summary(
        sum(column.count for column in columns),
        sum(totals, Decimal(0)) if totals else None,
        sum(weighted, Decimal(0)) if weighted else None,
    )


def _add_cards(query: ListQuery, columns: dict[str, Column]) -> None:
    ids = _first_ids(query, [key for key, column in columns.items() if column.count])
    path = _path(query)
    for record in _load(query, ids):
        column = columns.get(str(getattr(record, path)))
        if column is not None and column.cards is not None:
            column.cards.append(record)
    for column in columns.values():
        column.after = _next(column)


def _next(column: Column) -> str:
    shown = len(column.cards or ())
    return str(shown) if shown < column.count else ""


def _first_ids(query: ListQuery, keys: list[str]) -> list[int]:
    """The first cards of every lane in one statement; each lane reads only as many index entries as it shows."""
    if not keys:
        return []
    parts: list[str] = []
    params: list[Any] = []
    for key in keys:
        sql, values = _ordered(query, key).values("pk")[:CARDS].query.sql_with_params()
        parts.append(f"SELECT * FROM ({sql}) AS lane{len(parts)}")
        params += values
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        return [row[0] for row in cursor.fetchall()]


def _ordered(query: ListQuery, key: str) -> Any:
    field, down = query.order
    sign = "-" if down else ""
    return query.records().filter(**{_path(query): key}).order_by(f"{sign}{field.path}", f"{sign}pk")


def _load(query: ListQuery, ids: list[int]) -> list[Any]:
    board = query.record_type.board
    assert board is not None
    related = {name for name in (*board.card, board.by) if name in query.fields and query.fields[name].is_relation}
    found = query.record_type.model.objects.filter(pk__in=ids).select_related(*related)
    records = {record.pk: record for record in found}
    return [records[key] for key in ids if key in records]


def more_cards(query: ListQuery, key: str, start: int) -> tuple[list[Any], str]:
    """Further cards of one lane, and where the next ones begin."""
    ids = list(_ordered(query, key).values_list("pk", flat=True)[start : start + CARDS + 1])
    return _load(query, ids[:CARDS]), str(start + CARDS) if len(ids) > CARDS else ""


def visible_names(query: ListQuery, records: list[Any]) -> dict[str, set[Any] | None]:
    """For each relation shown on cards: the ids the user may see, or None when that is all."""
    board = query.record_type.board
    assert board is not None
    sets: dict[str, set[Any] | None] = {}
    for name in board.card:
        field = query.fields.get(name)
        if field is None or field.kind != "relation" or not hasattr(field.target, "record_type"):
            continue
        if query.user.rights.reach(field.target.record_type) == "all":
            sets[name] = None
        else:
            # They came with the cards, so no statement is needed to know whose they are.
            related = [one for record in records if (one := getattr(record, name)) is not None]
            sets[name] = {one.pk for one in related if one.is_alive and query.user.rights.covers(one, "view")}
    return sets
