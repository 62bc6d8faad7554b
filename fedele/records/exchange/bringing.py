"""Stores one batch of rows: records, those they name, journal, search index, problems. All or nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from fedele.base.models import records_written
from fedele.base.numbering import take_numbers
from fedele.journal.storing import give_ids, insert_many, update_many
from fedele.journal.writing import entry_for, write_many
from fedele.records.exchange import marks
from fedele.records.exchange.candidates import Candidate
from fedele.records.exchange.giving import give
from fedele.records.exchange.made import Made
from fedele.records.exchange.models import Import, Problem
from fedele.records.exchange.rows import Reader

#: By which a row is known again in another file.
Digest = Callable[[Candidate], int]

COUNTED = {
    "new": "new", "update": "updated", "unchanged": "unchanged", "duplicate": "possible_duplicates", "problem": "problems",
    "left_out": "left_out",
}  # fmt: skip


def count(counts: Counter[str], candidates: list[Candidate]) -> None:
    counts["read"] += len(candidates)
    for one in candidates:
        counts[COUNTED[one.fate]] += 1


def bring(source: Import, reader: Reader, candidates: list[Candidate], digest: Digest) -> None:
    """Inside the caller's transaction."""
    new = [one for one in candidates if one.fate == "new" or (one.fate == "duplicate" and one.act != "skip")]
    changed = [one for one in candidates if one.fate == "update"]
    give(source, new)
    made = reader.matcher.made
    _create_named(source, new, changed, made)
    if new:
        model = type(new[0].record)
        give_ids(model, sorted((one.record for one in new), key=lambda record: len(reader.above(record))))
        _link(new + changed, reader)
        _create(source, model, [(one.record, {"line": one.line}) for one in new], made)
    else:
        _link(changed, reader)
    in_all = [*new, *changed, *(one for one in candidates if one.fate == "unchanged")]
    for rows in _by_model([*changed, *_changed_companions(in_all)]):
        _update(source, rows)
    # Rows that are known for certain need no mark: they are recognised by what identifies them.
    marks.keep(source, [(digest(one), one.line, one.record) for one in new])
    _keep_problems(
        source,
        reader,
        [one for one in candidates if one.fate == "problem" or (one.fate, one.act) == ("duplicate", "skip")],
    )


def _changed_companions(candidates: list[Candidate]) -> list[Candidate]:
    return [other for one in candidates for other in one.companions if other.fate == "update"]


def _by_model(candidates: list[Candidate]) -> list[list[Candidate]]:
    """Rows that change stored records, those of each type together; of two about one record the first, which carries both."""
    found: dict[Any, dict[int, Candidate]] = defaultdict(dict)
    for one in candidates:
        if one.record is not None:
            found[type(one.record)].setdefault(id(one.record), one)
    return [list(rows.values()) for rows in found.values()]


def _create_named(source: Import, new: list[Candidate], changed: list[Candidate], made: Made) -> None:
    """Records that rows which do come in only name."""
    own = {id(one.record) for one in new}
    named: dict[Any, dict[int, Any]] = defaultdict(dict)
    for one in (*new, *changed):
        for value in one.values.values():
            if hasattr(value, "_state") and value.pk is None and id(value) not in own:
                named[type(value)][id(value)] = value
    for model, records in named.items():
        _create(source, model, [(record, {}) for record in records.values()], made)


def _link(candidates: list[Candidate], reader: Reader) -> None:
    """Records made for this batch have their ids by now; foreign keys set before must learn them."""
    for column in reader.columns:
        if column.find and column.find.record_type is not None:
            for one in candidates:
                if column.name in one.values:
                    setattr(one.record, column.name, one.values[column.name])
    for companions in reader.companions:
        for one in candidates:
            if companions.name in one.values:
                setattr(one.record, companions.name, one.values[companions.name])


def _create(source: Import, model: Any, rows: list[tuple[Any, dict[str, Any]]], made: Made) -> None:
    records = [record for record, _data in rows]
    for record, number in zip(records, take_numbers(model.record_type, model.numbering, len(records)), strict=True):
        record.number = number
        record.settle()
    insert_many(model, records)
    made.add(model.record_type, [record.pk for record in records])
    now = timezone.now()
    write_many(
        (record, entry_for(record, "created", data={"source": source.name, **data}, at=now)) for record, data in rows
    )
    records_written.send(model, records=records, changed=None)


def _update(source: Import, candidates: list[Candidate]) -> None:
    """The records were read and locked in this transaction, so nobody's work can be overwritten."""
    records, names, pairs, now = [], set(), [], timezone.now()
    for one in candidates:
        kind, data = one.record.settle() or ("changed", {})
        changes = one.record.changes()
        if changes:
            one.record.version += 1
            one.record.updated_at = now
            names |= set(changes)
            records.append(one.record)
            told = {**data, "source": source.name, "line": one.line}
            pairs.append((one.record, entry_for(one.record, kind, changes=changes, data=told, at=now)))
    if records:
        model = type(records[0])
        update_many(model, records, {name.partition(".")[0] for name in names} | {"team", "version", "updated_at"})
        write_many(pairs)
        records_written.send(model, records=records, changed=names)


def _keep_problems(source: Import, reader: Reader, candidates: list[Candidate]) -> None:
    insert_many(
        Problem,
        [
            Problem(
                source=source,
                line=one.line,
                fate=one.fate,
                reasons=told(one, reader),
                cells=[_storable(cell) for cell in one.cells],
            )
            for one in candidates
        ],
    )


def _storable(cell: Any) -> str:
    """No database stores a NUL; its picture says what stood there."""
    return str(cell)[:2000].replace("\0", "␀")


def told(one: Candidate, reader: Reader) -> list[tuple[str, str]]:
    """What is wrong with a row, under the names its columns have in the file."""
    return [(reader.headers.get(name, ""), message) for name, message in one.problems] or [("", one.like)]
