"""A database of PostgreSQL, table by table in one snapshot. Needs none of PostgreSQL's own programs on this machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from fedele.commands.failing import Failed

CHUNK_BYTES = 1 << 20
COLUMNS = "database/columns.json"
#: What the web processes remember for minutes; no migration makes it.
SHORT_LIVED = settings.CACHES["default"]["LOCATION"]


def dump(folder: Path) -> list[tuple[str, Path]]:
    (folder / "database").mkdir(parents=True)
    members = []
    with transaction.atomic(), connection.cursor() as cursor:
        # All tables as they were at one moment, whatever is written meanwhile.
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        kept = [table for table in tables(cursor) if table != SHORT_LIVED]
        columns = {table: stored_columns(cursor, table) for table in kept}
        for table, names in columns.items():
            name = f"database/{table}.copy"
            with (folder / name).open("wb") as target, cursor.copy(f"COPY {_quoted(table, names)} TO STDOUT") as rows:
                for chunk in rows:
                    target.write(chunk)
            members.append((name, folder / name))
    (folder / COLUMNS).write_text(json.dumps(columns), encoding="utf-8")
    return [(COLUMNS, folder / COLUMNS), *members]


def load(folder: Path) -> None:
    """Fills the tables, which exist and may contain what migrations put there. All or nothing."""
    columns: dict[str, list[str]] = json.loads((folder / COLUMNS).read_text(encoding="utf-8"))
    with transaction.atomic(), connection.cursor() as cursor:
        missing = set(columns) - set(tables(cursor))
        if missing:
            raise Failed(f"The backup has tables this version does not know: {', '.join(sorted(missing))}.")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"TRUNCATE {', '.join(map(_quote, columns))}")
        for table, names in columns.items():
            _fill(cursor, table, names, folder / f"database/{table}.copy")
        _set_sequences(cursor, columns)


def drop_all() -> None:
    """Takes away the tables of an installation in which nobody has worked yet."""
    with connection.cursor() as cursor:
        if names := tables(cursor):
            cursor.execute(f"DROP TABLE {', '.join(map(_quote, names))} CASCADE")


def tables(cursor: Any) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename")
    return [name for (name,) in cursor.fetchall()]


def stored_columns(cursor: Any, table: str) -> list[str]:
    """Those that hold data; the database computes generated ones anew."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND table_name = %s AND is_generated = 'NEVER' "
        "ORDER BY ordinal_position",
        [table],
    )
    return [name for (name,) in cursor.fetchall()]


def _fill(cursor: Any, table: str, names: list[str], source: Path) -> None:
    with source.open("rb") as rows, cursor.copy(f"COPY {_quoted(table, names)} FROM STDIN") as target:
        while chunk := rows.read(CHUNK_BYTES):
            target.write(chunk)


def _set_sequences(cursor: Any, columns: dict[str, list[str]]) -> None:
    """The next number of every counted column is above the highest that was loaded."""
    for table, names in columns.items():
        if "id" not in names:
            continue
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [_quote(table)])
        if sequence := cursor.fetchone()[0]:
            highest = f"(SELECT max(id) FROM {_quote(table)})"  # noqa: S608 - a name the database told us
            cursor.execute(f"SELECT setval(%s, coalesce({highest}, 1), {highest} IS NOT NULL)", [sequence])


def _quoted(table: str, names: list[str]) -> str:
    return f"{_quote(table)} ({', '.join(map(_quote, names))})"


def _quote(name: str) -> str:
    return connection.ops.quote_name(name)
