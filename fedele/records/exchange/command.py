"""What `fedele import` and `fedele export` do: the wizard's work without the screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files import File

from fedele.journal.writing import open_batch
from fedele.records.exchange.engine import check, load
from fedele.records.exchange.exporting import write_file
from fedele.records.exchange.mapping import propose, writable
from fedele.records.exchange.models import Import
from fedele.records.reading import UnreadableFile, open_table
from fedele.records.registry import registry


class Misdirected(Exception):
    """A column or a field that does not exist."""


def import_file(path: Path, record_type: str, mapping: dict[str, str], dry_run: bool, user: Any) -> dict[str, Any]:
    """Brings a file in and says what became of it: read, new, updated, possible_duplicates, problems with their lines."""
    declared = registry.by_key(record_type)
    with Path(path).open("rb") as file:
        table = open_table(file, Path(path).name)
        chosen = _mapping(declared, table, mapping, user)
        rules = {"owner_id": user.pk, "team_id": user.team_id, "create_related": True}
        source = Import(user=user, record_type=record_type, name=Path(path).name[:200], mapping=chosen, rules=rules)
        if dry_run:
            counts, shown = check(source, table=table)
            problems = [{"line": one.line, "column": column, "message": message} for one in shown for column, message in one.problems]
            return {"mapping": chosen, **_counted(dict(counts)), "problem_rows": problems, "dry_run": True}
        source.file.save(source.name, File(file), save=False)
    source.batch = open_batch("import", record_type=record_type, title=source.name)
    source.save()
    from fedele.journal.acting import act_as

    with act_as(user, door="import", batch=source.batch):
        load(source)
    problems = [dict(row) for row in source.problems.values("line", "column", "message")[:1000]]
    return {"mapping": chosen, **_counted(source.counts), "problem_rows": problems, "import": source.pk, "dry_run": False}


def _mapping(declared: Any, table: Any, given: dict[str, str], user: Any) -> dict[str, str]:
    fields = writable(declared, user)
    for column, name in given.items():
        if column not in table.headers:
            raise Misdirected(f"The file has no column {column!r}; it has: {', '.join(table.headers)}.")
        if name not in fields:
            raise Misdirected(f"There is no field {name!r}; there are: {', '.join(sorted(fields))}.")
    proposed = propose(declared, table.headers, [row.cells for row in table.sample(50)], user)
    chosen = {column: name for column, name in proposed.items() if name not in given.values()}
    return {**chosen, **given}


def _counted(counts: dict[str, int]) -> dict[str, int]:
    return {name: counts.get(name, 0) for name in ("read", "new", "updated", "unchanged", "possible_duplicates", "problems")}


def export_records(record_type: str, path: Path, user: Any, query: str = "") -> dict[str, Any]:
    """Writes a list to a file (.csv or .xlsx) and says how many rows it has."""
    return {"record_type": record_type, "file": str(path), "rows": write_file(registry.by_key(record_type), Path(path), user, query)}


__all__ = ["Misdirected", "UnreadableFile", "export_records", "import_file"]
