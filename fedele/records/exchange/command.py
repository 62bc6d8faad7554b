"""What `fedele import` and `fedele export` do: the wizard's work without the screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files import File

from fedele.journal.acting import act_as
from fedele.journal.writing import open_batch
from fedele.records.declare import RecordType
from fedele.records.exchange.bringing import told
from fedele.records.exchange.chosen import field_of
from fedele.records.exchange.engine import Check, load
from fedele.records.exchange.exporting import write_file
from fedele.records.exchange.guessing import propose
from fedele.records.exchange.models import Import
from fedele.records.exchange.provenance import type_of
from fedele.records.exchange.receiving import usual_rules
from fedele.records.exchange.targets import targets_of
from fedele.records.reading import UnreadableFile, open_table
from fedele.records.registry import registry

COUNTS = ("read", "new", "updated", "unchanged", "possible_duplicates", "left_out", "problems")
#: How the command says what becomes of rows that are like a record.
DECISIONS = {"same": "update", "new": "create", "skip": "skip"}
#: Problems an answer lists; `problems` says how many rows have one.
LISTED = 1_000

__all__ = ["Misdirected", "UnreadableFile", "export_records", "import_file"]


class Misdirected(Exception):
    """A column or a field that does not exist, or a list this user may not bring in or take out."""


def import_file(
    path: Path,
    record_type: str,
    mapping: dict[str, str],
    dry_run: bool,
    user: Any,
    origin: str = "",
    decide: str = "new",
) -> dict[str, Any]:
    """Brings a file in, from our own archive or the `origin` with this number or name.

    `decide`: rows that are like a record are the same, new ones, or left out ("same", "new", "skip").

    Says what became of it: read, new, updated, possible_duplicates, problem_rows with their lines.
    """
    declared = registry.by_key(record_type)
    if not user.rights.may("create", record_type):
        raise Misdirected(f"{user} may not make records of the type {record_type!r}.")
    with Path(path).open("rb") as file:
        table = open_table(file, Path(path).name)
        chosen = _mapping(declared, table, mapping, user)
        source = Import(
            user=user, record_type=record_type, name=Path(path).name[:200], mapping=chosen,
            rules={**usual_rules(user), "duplicates": DECISIONS[decide]}, provenance=_origin(declared, origin, user),
        )  # fmt: skip
        if dry_run:
            return {**_tried(source, table), "mapping": chosen, "dry_run": True}
        source.file.save(source.name, File(file), save=False)
    source.batch = open_batch("import", record_type=record_type, title=source.name)
    source.state = Import.State.RUNNING
    source.save()
    with act_as(user, door="import", batch=source.batch):
        load(source)
    return {**_brought(source), "mapping": chosen, "import": source.pk, "dry_run": False}


def _tried(source: Import, table: Any) -> dict[str, Any]:
    check = Check(source, table, most=LISTED, applies_rules=True)
    problems = [
        {"line": one.line, "column": column, "message": message}
        for one in check.rows("problem")
        for column, message in told(one, check.reader)
    ]
    return {**_counted(check.counts), "problem_rows": problems[:LISTED]}


def _brought(source: Import) -> dict[str, Any]:
    rows = source.problems.values_list("line", "reasons")[:LISTED]
    problems = [
        {"line": line, "column": column, "message": message} for line, reasons in rows for column, message in reasons
    ]
    return {**_counted(source.counts), "problem_rows": problems[:LISTED]}


def _origin(declared: RecordType, said: str, user: Any) -> int:
    """The id of the one record of origin with this number or name; 0 when nothing is said."""
    if not said:
        return 0
    origin = type_of(declared)
    if origin is None:
        raise Misdirected(f"Records of the type {declared.key!r} come from no list.")
    visible = origin.model.objects.visible_to(user)
    found = list(visible.filter(number=said)[:2]) or list(visible.filter(**{origin.search.title[0]: said})[:2])
    if len(found) != 1:
        raise Misdirected(f"There is no one list {said!r}; give its number.")
    return int(found[0].pk)


def _mapping(declared: RecordType, table: Any, given: dict[str, str], user: Any) -> dict[str, Any]:
    fields = targets_of(declared, user)
    for column, name in given.items():
        if column not in table.headers:
            raise Misdirected(f"The file has no column {column!r}; it has: {', '.join(table.headers)}.")
        if name not in fields:
            raise Misdirected(f"There is no field {name!r}; there are: {', '.join(sorted(fields))}.")
    proposed = propose(declared, table.headers, [row.cells for row in table.sample(50)], user)
    chosen = {**{column: name for column, name in proposed.items() if field_of(name) not in given.values()}, **given}
    if not chosen:
        known = ", ".join(sorted(fields))
        raise Misdirected(
            f'No column is recognised; say where they go with --map "Column=field". The fields are: {known}.'
        )
    return chosen


def _counted(counts: dict[str, int]) -> dict[str, int]:
    return {name: counts.get(name, 0) for name in COUNTS}


def export_records(record_type: str, path: Path, user: Any, query: str = "") -> dict[str, Any]:
    """Writes a list to a file (.csv or .xlsx) and says how many rows it has."""
    if not user.rights.may("export", record_type):
        raise Misdirected(f"{user} may not export records of the type {record_type!r}.")
    written = write_file(registry.by_key(record_type), Path(path), user, query)
    return {"record_type": record_type, "file": str(path), "rows": written}
