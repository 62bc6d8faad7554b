"""The triggers that keep the totals, and the folding of what they have written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from fedele.records.declare import RecordType
from fedele.records.registry import registry
from fedele.records.tally.models import Tally
from fedele.tasks.jobs import job

COLUMNS = "record_type, lane, state, owner_id, team_id, n, total, weighted"


@dataclass(frozen=True)
class Kept:
    """The columns of one record type that its totals depend on; "" where it has none."""

    key: str
    table: str
    lane: str
    state: str
    total: str
    percent: str

    @classmethod
    def of(cls, record_type: RecordType) -> Kept:
        board, meta = record_type.board, record_type.model._meta
        column = lambda name: str(meta.get_field(name).column) if name else ""  # noqa: E731
        if board is None:
            return cls(record_type.key, meta.db_table, "", "", "", "")
        return cls(
            record_type.key,
            meta.db_table,
            column(board.by),
            column(board.state),
            column(board.total),
            column(board.weighted),
        )

    @property
    def columns(self) -> list[str]:
        return [
            name
            for name in ("trashed_at", "owner_id", "team_id", self.lane, self.state, self.total, self.percent)
            if name
        ]

    def values(self, row: str, sign: str) -> str:
        """The values of a difference, taken from `row` (NEW, OLD, or nothing for the table itself)."""
        at = f"{row}." if row else ""
        text = lambda name: f"COALESCE(CAST({at}{name} AS VARCHAR(40)), '')" if name else "''"  # noqa: E731
        total = f"{at}{self.total}" if self.total else "0"
        weighted = f"{total} * COALESCE({at}{self.percent}, 0) / 100.0" if self.percent else "0"
        return (
            f"'{self.key}', {text(self.lane)}, {text(self.state)}, {at}owner_id, {at}team_id, "
            f"{sign}1, {sign}({total}), {sign}({weighted})"
        )


def install(**_kwargs: Any) -> None:
    """After each migration: triggers as declared, and totals counted anew. Nothing kept can stay wrong."""
    if Tally._meta.db_table not in connection.introspection.table_names():
        return
    tables = set(connection.introspection.table_names())
    for record_type in registry:
        kept = Kept.of(record_type)
        if kept.table in tables:
            with transaction.atomic(), connection.cursor() as cursor:
                _install(cursor, kept)
                recount(kept)


def recount(kept: Kept) -> None:
    table = Tally._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE record_type = %s", [kept.key])
        sums = _summed(kept.values("", ""))
        cursor.execute(
            f"INSERT INTO {table} ({COLUMNS}) SELECT {sums} FROM {kept.table} WHERE trashed_at IS NULL "
            f"GROUP BY {_groups(kept)}"
        )


def _summed(values: str) -> str:
    parts = [part.strip() for part in _split(values)]
    return ", ".join([*parts[:5], *(f"SUM({part})" for part in parts[5:])])


def _groups(kept: Kept) -> str:
    return ", ".join(name for name in (kept.lane, kept.state, "owner_id", "team_id") if name)


def _split(values: str) -> list[str]:
    """Comma-separated SQL expressions, minding parentheses."""
    parts, depth, now = [], 0, ""
    for sign in values:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            parts.append(now)
            now = ""
        else:
            now += sign
    return [*parts, now]


def _install(cursor: Any, kept: Kept) -> None:
    table = Tally._meta.db_table
    plus = f"INSERT INTO {table} ({COLUMNS}) SELECT {kept.values('NEW', '')} WHERE NEW.trashed_at IS NULL"
    minus = f"INSERT INTO {table} ({COLUMNS}) SELECT {kept.values('OLD', '-')} WHERE OLD.trashed_at IS NULL"
    if connection.vendor == "postgresql":
        _install_postgres(cursor, kept, plus, minus)
        return
    changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in kept.columns)
    for event, name, when, body in (
        ("INSERT", "i", "", f"{plus};"),
        ("DELETE", "d", "", f"{minus};"),
        (f"UPDATE OF {', '.join(kept.columns)}", "u", f"WHEN {changed}", f"{minus}; {plus};"),
    ):
        cursor.execute(f"DROP TRIGGER IF EXISTS tally_{kept.table}_{name}")
        cursor.execute(
            f"CREATE TRIGGER tally_{kept.table}_{name} AFTER {event} ON {kept.table} FOR EACH ROW {when} BEGIN {body} END"
        )


def _install_postgres(cursor: Any, kept: Kept, plus: str, minus: str) -> None:
    function = f"tally_{kept.table}"
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP <> 'INSERT' THEN {minus}; END IF; IF TG_OP <> 'DELETE' THEN {plus}; END IF; RETURN NULL; END $$"
    )
    changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in kept.columns)
    for event, name, when in (("INSERT OR DELETE", "id", ""), ("UPDATE", "u", f"WHEN ({changed})")):
        cursor.execute(f"DROP TRIGGER IF EXISTS tally_{kept.table}_{name} ON {kept.table}")
        cursor.execute(
            f"CREATE TRIGGER tally_{kept.table}_{name} AFTER {event} ON {kept.table} "
            f"FOR EACH ROW {when} EXECUTE FUNCTION {function}()"
        )


@job(retries=3)
def fold() -> None:
    """Adds differences of the same kind together. Readers see either the many rows or the one, never both."""
    table = Tally._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        kinds = "record_type, lane, state, owner_id, team_id"
        sums = f"{kinds}, SUM(n), SUM(total), SUM(weighted)"
        if connection.vendor == "postgresql":
            cursor.execute(
                f"WITH gone AS (DELETE FROM {table} RETURNING {COLUMNS}) "
                f"INSERT INTO {table} ({COLUMNS}) SELECT {sums} FROM gone GROUP BY {kinds} HAVING SUM(n) <> 0"
            )
            return
        cursor.execute(
            f"CREATE TEMP TABLE folded AS SELECT {kinds}, SUM(n) AS n, SUM(total) AS total, SUM(weighted) AS weighted "
            f"FROM {table} GROUP BY {kinds} HAVING SUM(n) <> 0"
        )
        cursor.execute(f"DELETE FROM {table}")
        cursor.execute(f"INSERT INTO {table} ({COLUMNS}) SELECT {COLUMNS} FROM folded")
        cursor.execute("DROP TABLE folded")
