"""Rows go in faster without indexes, which are then built in one pass. Constraints stay where they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

_ON_POSTGRESQL = """
SELECT i.indexname, i.indexdef FROM pg_indexes i
WHERE i.schemaname = current_schema() AND i.tablename = %s AND i.indexdef NOT LIKE 'CREATE UNIQUE%%'
"""
_ON_SQLITE = """
SELECT name, sql FROM sqlite_master
WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL AND sql NOT LIKE 'CREATE UNIQUE%%'
"""
_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"


@contextmanager
def without_indexes(connection: Any, tables: Iterable[str], told: Callable[[str, int, int], None]) -> Iterator[None]:
    """Inside, the tables have no indexes but those of constraints; afterwards, whatever happened, all of them.

    `told` hears of each index built: what is done, how many are done, and of how many.
    """
    dropped = []
    for table in tables:
        dropped += _drop(connection, "INDEX", _indexes(connection), table)
    try:
        yield
    finally:
        with more_memory(connection), connection.cursor() as cursor:
            for number, definition in enumerate(dropped):
                told("indexes", number, len(dropped))
                cursor.execute(definition)


def drop_indexes(connection: Any, table: str) -> None:
    """For good, with SQLite's triggers: for a table whose owner makes them anew. PostgreSQL's triggers are constraints."""
    _drop(connection, "INDEX", _indexes(connection), table)
    if connection.vendor == "sqlite":
        _drop(connection, "TRIGGER", _TRIGGERS, table)


def _indexes(connection: Any) -> str:
    return _ON_POSTGRESQL if connection.vendor == "postgresql" else _ON_SQLITE


def _drop(connection: Any, what: str, query: str, table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(query, [table])
        found = cursor.fetchall()
        for name, _definition in found:
            cursor.execute(f'DROP {what} "{name}"')
    return [definition for _name, definition in found]


@contextmanager
def more_memory(connection: Any) -> Iterator[None]:
    """For sorting a table as large as ten million rows."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '512MB'")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET maintenance_work_mem")
    else:
        yield


@contextmanager
def loading(connection: Any) -> Iterator[None]:
    """On SQLite, settings for one long load: a larger cache, and no waiting for the disk after each block."""
    if connection.vendor != "sqlite":
        yield
        return
    wanted = {"cache_size": -262_144, "synchronous": 0, "threads": 2, "temp_store": 1}
    with connection.cursor() as cursor:
        before = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
        for name, value in wanted.items():
            cursor.execute(f"PRAGMA {name} = {value}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for name, value in before.items():
                cursor.execute(f"PRAGMA {name} = {value}")
