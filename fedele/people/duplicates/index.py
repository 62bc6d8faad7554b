"""Keeps the keys of records in step with the records, in the transaction that writes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from fedele.base.memory import uncollected
from fedele.base.models import records_written
from fedele.people.duplicates import table
from fedele.people.duplicates.engine import Profile, keys_of
from fedele.people.duplicates.models import MatchKey
from fedele.people.duplicates.reading import MODELS, everything, identity_of, keys_profile_of
from fedele.people.duplicates.shapes import COLUMNS, NUMBERS

__all__ = ["NUMBERS", "forget", "identity_of", "keys_for", "rebuild", "refresh"]

_BATCH = 5_000


def refresh(records: Sequence[Any], *, are_new: bool = False) -> None:
    """Makes the keys of these stored records, of one type, anew: two statements, for new ones one."""
    living = [record for record in records if record.trashed_at is None]
    if not are_new:
        forget(records)
    table.put([row for record in living for row in keys_for(record)])


def forget(records: Sequence[Any]) -> None:
    if records:
        table.remove(NUMBERS[records[0].record_type], [record.pk for record in records])


def keys_for(record: Any) -> list[table.Row]:
    number = NUMBERS[record.record_type]
    return [(key, number, record.pk) for key in keys_of(keys_profile_of(record))]


def rebuild(progress: Callable[[int], None] | None = None) -> int:
    """Makes all keys anew, in one transaction; `progress` hears how many records are done. Returns how many there are."""
    done = 0
    with transaction.atomic(), uncollected():
        MatchKey.objects.all().delete()
        for record_type, number in NUMBERS.items():
            rows: list[table.Row] = []
            for identity in everything(record_type):
                rows += [(key, number, identity.ref[1]) for key in keys_of(Profile(identity))]
                done += 1
                if done % _BATCH == 0:
                    _store(rows, done, progress)
            _store(rows, done, progress)
    return done


def _store(rows: list[table.Row], done: int, progress: Callable[[int], None] | None) -> None:
    table.put(sorted(rows))  # In the order of the index, which grows faster so.
    rows.clear()
    if progress:
        progress(done)


_COMPARED = {key: {name.partition("__")[0] for name in names} - {"company"} for key, names in COLUMNS.items()}


@receiver(records_written, dispatch_uid="people.duplicates.index")
def follow(sender: Any, records: list[Any], changed: set[str] | None, **_kwargs: Any) -> None:
    """Also of many at once. What no key is made of leaves the keys alone."""
    compared = _COMPARED.get(sender.record_type)
    if compared is None or not records:
        return
    if changed is None:
        refresh(records, are_new=True)
    elif changed == {"erased"}:
        forget(records)
    elif "trashed_at" in changed or changed & compared:
        refresh(records)


@receiver(post_migrate, dispatch_uid="people.duplicates.index.first")
def make_first(sender: Any, **_kwargs: Any) -> None:
    """An archive from before there were keys gets them when it is brought up to date."""
    if sender.label == "people" and not MatchKey.objects.exists() and any(m.objects.exists() for m in MODELS.values()):
        rebuild()
