"""Brings a file in: batch after batch, each with its journal, its index entries and its place in the file, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from fedele.journal.storing import insert_many
from fedele.base.models import records_written
from fedele.base.numbering import take_numbers
from fedele.journal.acting import act_as
from fedele.journal.writing import entry_for, open_batch, write_many
from fedele.records.exchange.mapping import remember
from fedele.records.exchange.models import Import, Problem
from fedele.records.exchange.rows import Candidate, Reader
from fedele.records.registry import registry
from fedele.tasks.jobs import job
from fedele.tasks.models import Progress

#: Rows that stand or fall together. A process killed in between goes on after the last batch that was stored.
BATCH = 1_000


def batches(rows: Iterator[Any], after: int) -> Iterator[list[Any]]:
    """Rows beyond line `after`, in batches."""
    rest = (row for row in rows if row.line > after) if after else rows
    while some := list(islice(rest, BATCH)):
        yield some


def check(source: Import, *, table: Any = None, limit: int | None = None) -> tuple[Counter[str], list[Candidate]]:
    """What bringing the file in would do, without doing it: counts, and the first rows and all kinds of trouble."""
    table, counts, shown = table or source.open(), Counter[str](), list[Candidate]()
    reader = Reader(registry.by_key(source.record_type), table, source.mapping, source.rules, source.user)
    for rows in batches(table.rows(), 0):
        candidates = reader.read(rows)
        count(counts, candidates)
        shown += [one for one in candidates if len(shown) < 200 and (one.fate in ("problem", "duplicate") or one.line < 60)]
        if limit and counts["read"] >= limit:
            break
    return counts, shown[:200]


def count(counts: Counter[str], candidates: list[Candidate]) -> None:
    counts["read"] += len(candidates)
    names = {"new": "new", "update": "updated", "unchanged": "unchanged", "duplicate": "possible_duplicates", "problem": "problems"}
    for one in candidates:
        counts[names[one.fate]] += 1


def start(source: Import) -> Progress:
    """Brings the file in with a job, and remembers the mapping for the next file with these headers."""
    with transaction.atomic():
        table = source.open()
        remember(registry.by_key(source.record_type), table.headers, source.mapping)
        source.batch = open_batch("import", record_type=source.record_type, title=source.name, data={"import": source.pk})
        source.state = Import.State.RUNNING
        source.progress = Progress.start(
            source.user, source.name, "import", total=table.row_count, record_type=source.record_type,
            url=f"/import/{source.pk}/result/", job=run, args=(source.pk,),
        )
        source.save()
    return source.progress


@job(retries=3)
def run(progress_id: int, import_id: int) -> None:
    with Progress.working(progress_id) as progress:
        source = Import.objects.select_related("user", "batch").get(pk=import_id)
        with act_as(source.user, door="import", batch=source.batch):
            load(source, progress)
        progress.finish(url=f"/import/{source.pk}/result/")


def load(source: Import, progress: Any = None) -> None:
    """All that is not yet in. The place in the file is stored with the rows it counts, so nothing comes twice."""
    table = source.open()
    reader = Reader(registry.by_key(source.record_type), table, source.mapping, source.rules, source.user)
    for rows in batches(table.rows(), source.reached):
        with transaction.atomic():
            Import.objects.select_for_update().only("pk").get(pk=source.pk)
            counts: Counter[str] = Counter(source.counts)
            _write(source, reader, rows, counts)
            source.reached, source.counts = rows[-1].line, dict(counts)
            Import.objects.filter(pk=source.pk).update(reached=source.reached, counts=source.counts)
            if progress is not None:
                progress.advance(len(rows))
                progress.write_down(**{name: n for name, n in counts.items() if name != "read"})
    source.state, source.finished_at = Import.State.DONE, timezone.now()
    source.save(update_fields=["state", "finished_at"])


def _write(source: Import, reader: Reader, rows: list[Any], counts: Counter[str]) -> None:
    candidates = reader.read(rows)
    leave_out = source.rules.get("duplicates", "create") == "skip"
    count(counts, candidates)
    for column in reader.columns:
        if column.find:
            _create(source, [(None, record) for record in column.find.take_made()])
    new = [one for one in candidates if one.fate == "new" or (one.fate == "duplicate" and not leave_out and one.record is not None)]
    again = [one for one in candidates if one.fate == "duplicate" and not leave_out and one.record is None]
    problems = [one for one in candidates if one.fate == "problem"]
    if again:
        problems += again
    _relink(new, reader)
    _create(source, [(one.line, one.record) for one in new])
    _update(source, [one for one in candidates if one.fate == "update"])
    Problem.objects.bulk_create(
        [
            Problem(source=source, line=one.line, column=column[:200], message=message[:300], cells=[str(cell)[:2000] for cell in one.cells])
            for one in problems
            for column, message in (one.problems or [("", one.duplicate_of)])
        ],
        batch_size=200,
    )


def _relink(new: list[Candidate], reader: Reader) -> None:
    """Records made for this batch have their ids by now; foreign keys set before must learn them."""
    for column in reader.columns:
        if column.find and column.find.record_type is not None:
            for one in new:
                if column.field.name in one.values:
                    setattr(one.record, column.field.name, one.values[column.field.name])


def _create(source: Import, rows: list[tuple[int | None, Any]]) -> None:
    if not rows:
        return
    model = type(rows[0][1])
    records = [record for _line, record in rows]
    for record, number in zip(records, take_numbers(model.record_type, model.numbering, len(records)), strict=True):
        record.number = record.number or number
        if hasattr(record, "settle_stage"):
            record.settle_stage()
    insert_many(model, records)
    write_many(
        (record, entry_for(record, "created", data={"source": source.name, **({"line": line} if line else {})}))
        for line, record in rows
    )
    records_written.send(model, records=records, changed=None)


def _update(source: Import, candidates: list[Candidate]) -> None:
    if not candidates:
        return
    records, names, pairs = [one.record for one in candidates], set(), []
    for one in candidates:
        changes = one.record.changes()
        one.record.version += 1
        one.record.updated_at = timezone.now()
        names |= set(changes)
        pairs.append((one.record, entry_for(one.record, "changed", changes=changes, data={"source": source.name, "line": one.line})))
    columns = {name.partition(".")[0] for name in names} | {"team", "version", "updated_at"}
    type(records[0]).objects.bulk_update(records, sorted(columns), batch_size=200)
    write_many(pairs)
    records_written.send(type(records[0]), records=records, changed=names)


