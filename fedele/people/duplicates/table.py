"""The table of keys, in each database's own SQL: many rows in a statement."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from fedele.people.duplicates.models import MatchKey

TABLE = MatchKey._meta.db_table
#: More records than this under one key say nothing, and would make everything slow: the key is passed over.
LARGEST = 100

Row = tuple[int, int, int]

_LIST = {"sqlite": "SELECT value AS key FROM json_each(%s)", "postgresql": "SELECT unnest(%s::bigint[]) AS key"}
_PUT = {
    "sqlite": (
        f"INSERT INTO {TABLE} (key, record_type, record_id)"
        " SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(%s)"
    ),
    "postgresql": (
        f"INSERT INTO {TABLE} (key, record_type, record_id)"
        " SELECT * FROM unnest(%s::bigint[], %s::smallint[], %s::bigint[])"
    ),
}
_FIND = """
WITH wanted AS ({wanted}),
sound AS (
    SELECT key FROM wanted
    WHERE (SELECT count(*) FROM (SELECT 1 FROM {table} m WHERE m.key = wanted.key LIMIT {more}) held) < {more}
)
SELECT m.key, m.record_type, m.record_id FROM sound JOIN {table} m ON m.key = sound.key
"""
_FIND_ALL = "SELECT m.key, m.record_type, m.record_id FROM ({wanted}) wanted JOIN {table} m ON m.key = wanted.key"
_APART = "NOT (m.record_type = %s AND m.record_id BETWEEN %s AND %s)"
#: More spans than this are not told to the database, but for the longest.
_MOST_SPANS = 50


def listed(numbers: Collection[int]) -> RawSQL:
    """For `pk__in`: thousands of them as one parameter."""
    given: Any = sorted(numbers)
    return RawSQL(
        _LIST[connection.vendor],
        [json.dumps(given) if connection.vendor == "sqlite" else given],
    )


def put(rows: Sequence[Row]) -> None:
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(_PUT["sqlite"], [json.dumps(rows)])
        else:
            cursor.execute(_PUT["postgresql"], [list(column) for column in zip(*rows, strict=True)])


def remove(record_type: int, ids: Sequence[int]) -> None:
    MatchKey.objects.filter(record_type=record_type, record_id__in=ids).delete()


def find(keys: Collection[int], crowded: Collection[int] | None = None, apart: Sequence[Row] = ()) -> list[Row]:
    """(key, record type, record id) of all records under these keys, except under keys of more than LARGEST.

    Who asks many times says which those are. Spans (record type, first id, last id) in `apart` are left out.
    """
    if crowded is None:
        return _ask(_FIND, keys, apart)
    return _ask(_FIND_ALL, [key for key in keys if key not in crowded], apart)


def crowded() -> set[int]:
    """The keys of more than LARGEST records: few, told in one pass over the index."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT key FROM {TABLE} GROUP BY key HAVING count(*) > %s", [LARGEST])
        return {key for (key,) in cursor.fetchall()}


def _ask(sql: str, keys: Collection[int], apart: Sequence[Row]) -> list[Row]:
    """In the order of the index, which is how it is read fastest."""
    sql = sql.format(wanted=_LIST[connection.vendor], table=TABLE, more=LARGEST + 1)
    spans = sorted(apart, key=lambda span: span[1] - span[2])[:_MOST_SPANS]
    if spans:
        sql += " WHERE " + " AND ".join([_APART] * len(spans))
    given: Any = sorted(keys)
    if connection.vendor == "sqlite":
        given = json.dumps(given)
    with connection.cursor() as cursor:
        cursor.execute(sql, [given, *chain.from_iterable(spans)])
        return cursor.fetchall()
