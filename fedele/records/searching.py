"""Keeps the search index in step with the records, and rebuilds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.dispatch import receiver

from fedele.base.models import records_written
from fedele.records.declare import RecordType
from fedele.records.merging.models import MergedRecord
from fedele.records.passages import passages_to_index
from fedele.records.registry import registry
from fedele.records.seeking import rows_besides
from fedele.search import index


@receiver(records_written)
def index_written(sender: Any, records: list[Any], changed: set[str] | None, **_kwargs: Any) -> None:
    """A trashed or erased record is not found any more; others are indexed anew when a searched field changed."""
    record_type = registry.get(sender.record_type)
    if record_type is None or record_type.search is None:
        return
    gone = [record.pk for record in records if record.trashed_at is not None or changed == {"erased"}]
    if gone:
        index.remove(record_type.key, gone)
    if changed is None or "trashed_at" in changed or changed & searched_names(record_type):
        alive = [record for record in records if record.trashed_at is None and changed != {"erased"}]
        if alive:
            index_records(sender, alive)


def index_records(model: Any, records: list[Any]) -> None:
    """Living records are found by what they say, and by what was merged into them was called."""
    record_type = registry.by_key(model.record_type)
    if record_type.search is not None:
        known = aliases_of(record_type, [record.pk for record in records])
        index.put(record_type.key, [row_of(record_type, record, known.get(record.pk, "")) for record in records])


def aliases_of(record_type: RecordType, ids: list[int] | None = None) -> dict[int, str]:
    """{record: numbers and names of what was merged into it}; of all records when no ids are given."""
    if record_type.merge is None:
        return {}
    merged = MergedRecord.objects.filter(record_type=record_type.key)
    found: dict[int, str] = {}
    for key, number, title in (merged if ids is None else merged.filter(survivor_id__in=ids)).values_list(
        "survivor_id", "number", "title"
    ):
        found[key] = FACTS.join(part for part in (found.get(key, ""), number, title) if part)
    return found


def searched_names(record_type: RecordType) -> set[str]:
    search = record_type.search
    return {path.partition("__")[0] for path in (*search.title, *search.also)} if search else set()


def row_of(record_type: RecordType, record: Any, aliases: str = "") -> tuple[int, str, str]:
    """(id, title, body) as the index takes them."""
    search = record_type.search
    assert search is not None
    body = _text(record, search.also, FACTS)
    return record.pk, _text(record, search.title, " "), f"{body}{FACTS}{aliases}" if aliases else body


#: Facts stand on lines of their own, so that the end of one number and the beginning of the next are not one.
FACTS = "\n"


def _text(record: Any, paths: Iterable[str], between: str) -> str:
    return between.join(part for path in paths if (part := _value(record, path)))


def _value(record: Any, path: str) -> str:
    value = record
    for step in path.split("__"):
        value = getattr(value, step, None)
        if value is None:
            return ""
    return str(value)


def rows_of(record_type: RecordType) -> Iterator[tuple[int, str, str]]:
    """All living records of a type, read as plain columns: a million of them in constant memory."""
    search = record_type.search
    assert search is not None
    title = len(search.title)
    rows = (
        record_type.model.objects.filter(trashed_at=None).order_by("pk").values_list("pk", *search.title, *search.also)
    )
    aliases = aliases_of(record_type)
    for key, *parts in rows.iterator(chunk_size=5000):
        yield (
            key,
            " ".join(str(part) for part in parts[:title] if part),
            FACTS.join(str(part) for part in (*parts[title:], aliases.get(key)) if part),
        )


def rebuild() -> dict[str, int]:
    """Indexes everything anew; returns how many records of each type."""
    found = {
        record_type.key: index.rebuild(record_type.key, rows_of(record_type))
        for record_type in registry
        if record_type.search is not None
    }
    found |= {key: index.rebuild(key, rows) for key, rows in passages_to_index()}
    return found | {key: index.rebuild(key, rows) for key, rows in rows_besides()}
