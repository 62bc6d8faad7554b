"""Where to look: a record type, and which of its records the asker may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from fedele.search.places import ID_MASK, first_place, last_place

Within = Mapping[str, "QuerySet[Any] | None"]


_COLUMNS = "id, title, name, words"


@dataclass(frozen=True)
class Scope:
    record_type: str
    #: The records the asker may see; None when that is all of them.
    visible: QuerySet[Any] | None = None
    #: Those the asker may see are too costly to list: the newest are read, and left out one by one.
    is_newest: bool = False
    first: int = field(init=False)
    last: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "first", first_place(self.record_type))
        object.__setattr__(self, "last", last_place(self.record_type))

    def allows(self, place: str) -> tuple[str, tuple[Any, ...]]:
        """A condition that the record at the SQL expression `place` is visible: looked up one by one, never listed."""
        if self.visible is None:
            return "TRUE", ()
        record_id = f"({place} & {ID_MASK})"
        if self.visible.query.is_sliced or self.visible.query.combinator:
            sql, params = _ids(self.visible)
            return f"{record_id} IN ({sql})", params
        sql, params = _ids(self.visible.filter(pk=RawSQL(record_id, ())))
        # The offset keeps PostgreSQL from joining instead, for which it would read all that is visible.
        return f"EXISTS ({sql} LIMIT 1 OFFSET 0)", params

    def some(self, most: int) -> tuple[str, tuple[Any, ...]]:
        """SELECT of at most `most` documents worth reading outright: the newest, or any that are visible.

        A visible record without a document is a row of NULLs, and so is a document that may not be seen: it counts as read.
        """
        if self.visible is None:
            return (
                f"SELECT {_COLUMNS} FROM search_document WHERE id BETWEEN {self.first} AND {self.last} "
                f"ORDER BY id DESC LIMIT {most}"
            ), ()
        if self.is_newest:
            return self._newest(most)
        sql, params = _ids(self.visible)
        return (
            f"WITH mine(record_id) AS MATERIALIZED "
            f"(WITH seen(record_id) AS ({sql}) SELECT record_id FROM seen LIMIT {most}) "
            f"SELECT {_COLUMNS} FROM mine LEFT JOIN search_document ON id = {self.first} + mine.record_id"
        ), params

    def _newest(self, most: int) -> tuple[str, tuple[Any, ...]]:
        allowed, params = self.allows("newest.id")
        return (
            f"SELECT d.id, d.title, d.name, d.words FROM (SELECT id FROM search_document "
            f"WHERE id BETWEEN {self.first} AND {self.last} ORDER BY id DESC LIMIT {most}) newest "
            f"LEFT JOIN search_document d ON d.id = newest.id AND {allowed}"
        ), params


def _ids(records: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    unordered = records if records.query.is_sliced else records.order_by()
    return unordered.values("pk").query.sql_with_params()


def scopes(record_types: Sequence[str] | None, within: Within | None) -> list[Scope]:
    """One for each type asked for; none for a type of which nothing is visible."""
    if within is None:
        return [Scope(name) for name in dict.fromkeys(indexed_types() if record_types is None else record_types)]
    asked = [name for name in within if record_types is None or name in record_types]
    return [scope for scope in (Scope(name, within[name]) for name in asked) if _may_find(scope)]


def _may_find(scope: Scope) -> bool:
    try:
        scope.some(1)
    except EmptyResultSet:
        return False
    return True


def indexed_types() -> list[str]:
    """The record types of which there are documents: one look for each, however many documents."""
    beyond = f"SELECT min(id) FROM search_document WHERE id > (types.id | {ID_MASK})"
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE types(id) AS (SELECT min(id) FROM search_document UNION ALL "
            f"SELECT ({beyond}) FROM types WHERE types.id IS NOT NULL) "
            "SELECT (SELECT record_type FROM search_document WHERE search_document.id = types.id) "
            "FROM types WHERE types.id IS NOT NULL"
        )
        return [record_type for (record_type,) in cursor.fetchall()]
