"""What is written for a merged record after the merge, by somebody who had it open or in a queue, lands on what remained.

A merge locks the records it takes, and whoever stores a row that points at one of them waits for it here: the row is either
there before the merge (and is moved along), or it is seen here, inside the transaction that stores it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model, Q
from django.db.models.signals import post_save
from django.dispatch import receiver

from fedele.base.models import Record, records_written
from fedele.records.merging.leading import is_mergeable
from fedele.records.merging.models import MergedRecord
from fedele.records.merging.moving import point
from fedele.records.merging.pointing import Pointer, pointers_to
from fedele.records.registry import registry

#: Tables too busy to be looked at row by row, whose rows go by their own rights when they are read.
PASSED_OVER = frozenset({"notices.notice"})


@cache
def _pointers_from(model: Any) -> tuple[Pointer, ...]:
    """Its columns that point at types that can be merged."""
    mergeable = [one.model for one in registry if is_mergeable(one.key)]
    found = [pointer for target in mergeable for pointer in pointers_to(target) if pointer.model is model]
    return tuple(one for one in found if one.label not in PASSED_OVER)


@receiver(records_written)
def land_records(sender: Any, records: list[Any], changed: set[str] | None, **_kwargs: Any) -> None:
    """One statement where a relation was written, none elsewhere."""
    if changed == {"erased"}:
        return
    pointers = [one for one in _pointers_from(sender) if not one.by_pair and (changed is None or one.field in changed)]
    land(records, pointers)


@receiver(post_save)
def land_row(sender: Any, instance: Model, raw: bool = False, **_kwargs: Any) -> None:
    if not raw and not issubclass(sender, Record):
        land([instance], list(_pointers_from(sender)))


def land(rows: list[Any], pointers: list[Pointer]) -> None:
    """Makes those of the rows that point at merged records point at what remained, in the rows and where they are stored.

    For rows stored without signals (`bulk_create`, `insert_many`) call it with `pointers_to` their types.
    """
    wanted = _gone(_wanted(rows, pointers))
    if not wanted:
        return
    q = Q()
    for key, ids in wanted.items():
        q |= Q(record_type=key, record_id__in=ids)
    merged = MergedRecord.objects.filter(q).values_list("record_type", "record_id", "survivor_id")
    led = {(key, pk): to for key, pk, to in merged}
    for pointer in pointers if led else ():
        goals = {row: led.get((_type_of(pointer, row), getattr(row, pointer.column))) for row in rows}
        found = {row: goal for row, goal in goals.items() if goal is not None}
        if found:
            point(pointer, {row.pk: goal for row, goal in found.items()}, "followed", {})
            _tell(pointer, found)


def _gone(wanted: dict[str, set[int]]) -> dict[str, set[int]]:
    """Those that lie in the trash. One statement, which waits for a merge that holds any of them, and makes one wait.

    Foreign keys are checked only when a transaction ends, which would be too late to be led on.
    """
    if not wanted:
        return {}
    quote, parts, ids = connection.ops.quote_name, [], []
    lock = "FOR KEY SHARE" if connection.vendor == "postgresql" else ""
    for n, (key, keys) in enumerate(wanted.items()):
        table = quote(registry.by_key(key).model._meta.db_table)
        marks = ", ".join(["%s"] * len(keys))
        parts.append(f"t{n} AS (SELECT id, trashed_at FROM {table} WHERE id IN ({marks}) ORDER BY id {lock})")  # noqa: S608
        ids += sorted(keys)
    asked = " UNION ALL ".join(f"SELECT {n}, id FROM t{n} WHERE trashed_at IS NOT NULL" for n in range(len(parts)))  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} {asked}", ids)
        found: dict[str, set[int]] = defaultdict(set)
        for n, pk in cursor.fetchall():
            found[list(wanted)[n]].add(pk)
    return found


def _type_of(pointer: Pointer, row: Any) -> str:
    return str(getattr(row, pointer.type_column)) if pointer.by_pair else str(pointer.target.record_type)


def _wanted(rows: list[Any], pointers: list[Pointer]) -> dict[str, set[int]]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for pointer in pointers:
        for row in rows:
            key, pk = _type_of(pointer, row), getattr(row, pointer.column)
            if pk is not None and key == pointer.target.record_type:
                wanted[key].add(pk)
    return wanted


def _tell(pointer: Pointer, found: dict[Any, int]) -> None:
    """The instances in the hands of whoever wrote them say the same as the database."""
    for row, goal in found.items():
        setattr(row, pointer.column, goal)
        if pointer.is_record:
            row.version += 1
            row._remember()
