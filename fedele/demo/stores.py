"""The two ways of getting many rows into a database fast. Packed where they are made, put where the connection is."""

from __future__ import annotations

import marshal
from typing import Any

from fedele.demo.sheets import COLUMNS

Packed = dict[str, bytes]
#: Table → columns that are the same in every row, with their value.
Constants = dict[str, tuple[tuple[str, Any], ...]]
_NULL = "None"


def pack(vendor: str, rows: dict[str, list[tuple[Any, ...]]], constants: Constants) -> Packed:
    """Rows by table as `put` takes them: the text of a COPY for PostgreSQL, tuples for SQLite."""
    if vendor != "postgresql":
        return {table: marshal.dumps(some) for table, some in rows.items() if some}
    packed = {}
    for table, some in rows.items():
        if some:
            same = "".join(f"\t{value}" for _column, value in constants.get(table, ()))
            lines = ["\t".join(map(str, row)) + same for row in some]
            packed[table] = "\n".join([*lines, ""]).replace("\\", "\\\\").encode()
    return packed


def put(connection: Any, packed: Packed, constants: Constants) -> None:
    """Stores packed rows, tables in the order in which they point at each other."""
    # Names of tables and columns are the product's own, and values of constants those of its fields.
    for table in COLUMNS:
        if table in packed:
            same = constants.get(table, ())
            columns = ", ".join(f'"{column}"' for column in (*COLUMNS[table], *(column for column, _value in same)))
            if connection.vendor == "postgresql":
                _copy(connection, f"COPY \"{table}\" ({columns}) FROM STDIN (NULL '{_NULL}')", packed[table])
            else:
                marks = ", ".join(["?"] * len(COLUMNS[table]) + [_literal(value) for _column, value in same])
                sql = f'INSERT INTO "{table}" ({columns}) VALUES ({marks})'  # noqa: S608
                _insert(connection, sql, packed[table])


def _copy(connection: Any, sql: str, text: bytes) -> None:
    with connection.cursor() as cursor, cursor.copy(sql) as copy:
        copy.write(text)


def _insert(connection: Any, sql: str, rows: bytes) -> None:
    connection.ensure_connection()
    # Past Django's cursor, which would look at each of the values for a placeholder of its own.
    connection.connection.executemany(sql, marshal.loads(rows))  # noqa: S302 (made by pack, in a process of ours)


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool | int):
        return str(int(value))
    return "'{}'".format(str(value).replace("'", "''"))
