"""What points at the records that go is made to point at the one that remains, and noted down for the way back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from fedele.base.models import records_written
from fedele.journal.models import Batch
from fedele.journal.storing import insert_many, update_many
from fedele.journal.writing import entry_for, write_many
from fedele.records.merging.models import MovedRow
from fedele.records.merging.pointing import Pointer, pointers_to
from fedele.records.merging.rules import mover_of
from fedele.records.registry import registry

CHUNK = 2_000


@dataclass
class Act:
    """A merge while it is done: what remains, what goes, and the batch it belongs to."""

    record_type: Any
    survivor: Any
    others: list[Any]
    batch: Batch

    @property
    def ids(self) -> list[int]:
        return [record.pk for record in self.others]

    def move(self, pointer: Pointer, rows: dict[int, int], to: int | None = None) -> None:
        """Makes these rows ({row: whom it points at now}) point at what remains, or at `to`."""
        target = self.survivor.pk if to is None else to
        for chunk in chunks(sorted(rows)):
            insert_many(
                MovedRow,
                [
                    MovedRow(
                        batch=self.batch,
                        model=pointer.label,
                        field=pointer.field,
                        row_id=key,
                        from_id=rows[key],
                        to_id=target,
                    )
                    for key in chunk
                ],
            )
            point(pointer, dict.fromkeys(chunk, target), "followed", {"into": str(self.survivor)})


def move_all(act: Act) -> None:
    for pointer in pointers_to(act.record_type.model):
        mover = mover_of(pointer.label, pointer.field) or move_usual
        mover(act, pointer)


def move_usual(act: Act, pointer: Pointer) -> None:
    """All rows, except those that could not stand beside one that is there already, and the merged records themselves."""
    pointing = pointer.rows(act.ids)
    if pointer.model is act.record_type.model:
        pointing = pointing.exclude(pk__in=[act.survivor.pk, *act.ids])
    stay = _doubles(act, pointer)
    rows = {key: of for key, of in pointing.order_by("pk").values_list("pk", pointer.column) if key not in stay}
    act.move(pointer, rows)


def _doubles(act: Act, pointer: Pointer) -> set[int]:
    """The rows that say the same as one of the survivor's, or as another that moves, where only one may say it."""
    doubles: set[int] = set()
    for others in pointer.uniques():
        seen: set[tuple[Any, ...]] = set(pointer.rows([act.survivor.pk]).values_list(*others)) if others else set()
        if not others and pointer.rows([act.survivor.pk]).exists():
            seen = {()}
        for key, *said in pointer.rows(act.ids).order_by("pk").values_list("pk", *others):
            if tuple(said) in seen:
                doubles.add(key)
            seen.add(tuple(said))
    return doubles


def point(pointer: Pointer, rows: dict[int, int], kind: str, data: dict[str, Any]) -> None:
    """Makes rows point at {row: record}. Records among them get an entry each, and whoever listens hears of it."""
    if pointer.is_record:
        _point_records(pointer, rows, kind, data)
        return
    for to in set(rows.values()):
        keys = [key for key, target in rows.items() if target == to]
        pointer.model._base_manager.filter(pk__in=keys).update(**{pointer.column: to})


def _point_records(pointer: Pointer, rows: dict[int, int], kind: str, data: dict[str, Any]) -> None:
    """Their version goes up, so that nobody who has one open saves it as it was."""
    field, now = pointer.model._meta.get_field(pointer.field), timezone.now()
    records = list(pointer.model.objects.select_for_update().filter(pk__in=list(rows)).order_by("pk"))
    targets = pointer.target.objects.in_bulk(set(rows.values()))
    fetch_named(pointer, records)
    entries = []
    for record in records:
        change = {pointer.field: [getattr(record, field.attname), rows[record.pk]]}
        setattr(record, pointer.field, targets[rows[record.pk]])
        record.version, record.updated_at = record.version + 1, now
        entries.append((record, entry_for(record, kind, changes=change, data=data)))
    update_many(pointer.model, records, {pointer.field, "version", "updated_at"})
    # Not on the timelines of what they belong to: a merge of many rows is told there once.
    write_many(entries, linked=False)
    records_written.send(pointer.model, records=records, changed={pointer.field})


def fetch_named(pointer: Pointer, records: list[Any]) -> None:
    """Related records the search index names, fetched for all at once."""
    from django.db.models import prefetch_related_objects

    declared = registry.get(pointer.model.record_type)
    search = declared.search if declared else None
    names = {path.partition("__")[0] for path in (*search.title, *search.also) if "__" in path} if search else set()
    if names - {pointer.field}:
        prefetch_related_objects(records, *sorted(names - {pointer.field}))


def chunks(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]
