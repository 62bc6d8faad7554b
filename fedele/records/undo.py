"""Taking back what was done: one entry, or a whole batch, unless somebody has gone on working since."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.base.models import Conflict, records_written
from fedele.base.verbs import Refused
from fedele.journal.acting import act_as
from fedele.journal.models import Batch, Entry
from fedele.journal.sentences import sentence_of
from fedele.journal.writing import entry_for, write_many
from fedele.records.registry import registry

CHUNK = 500


@dataclass
class Outcome:
    """How many records went back, how many of them were removed again, and which were left as somebody changed them since."""

    undone: int = 0
    removed: int = 0
    kept: list[tuple[str, int, str]] = field(default_factory=list)


#: Batches that were one act of one person: taking back a part would leave the rest without sense.
WHOLE = ("conversion", "act")


def may_undo(entry: Entry, user: Any) -> bool:
    """One may take back one's own acts; who administers, those of others too. Creation, changes and notes can be undone."""
    if entry.undone_by is not None or entry.kind.endswith(".undone"):
        return False
    if not (entry.changes or entry.kind.endswith((".created", ".noted"))):
        return False
    return entry.actor_id == user.pk or user.is_administrator


def undo_entry(entry: Entry, user: Any) -> Outcome:
    """Takes back one entry. Raises `Refused` when the record went on changing in the same fields."""
    if entry.batch_id and entry.batch.kind in WHOLE:
        return undo_batch(entry.batch, user)
    outcome = Outcome()
    with transaction.atomic():
        locked = Entry.objects.select_for_update().get(pk=entry.pk)
        if locked.undone_by is not None:
            raise Refused(_("This was already taken back."))
        record = _locked_records(entry.record_type, [entry.record_id], user).get(entry.record_id)
        if record is None:
            raise Refused(_("The record is no longer there, or not yours to change."))
        _take_back(record, [locked], outcome, strict=True)
    return outcome


def preview_batch(batch: Batch) -> dict[str, int]:
    """What undoing would do: {"removed", "undone", "kept"}."""
    counts = {"removed": 0, "undone": 0, "kept": 0}
    for record_type, entries in _grouped(batch):
        for chunk in _chunks(sorted(entries)):
            records = {record.pk: record for record in registry.by_key(record_type).model.objects.filter(pk__in=chunk)}
            for key in chunk:
                counts[_fate(records.get(key), entries[key])] += 1
    return counts


def undo_batch(batch: Batch, user: Any, *, progress: Any = None) -> Outcome:
    """Takes back all of a batch: what it made is removed, what it changed goes back, what people changed since is kept."""
    if batch.undone_at or not (batch.actor_id == user.pk or user.is_administrator):
        raise Refused(_("This was already taken back, or is not yours to take back."))
    outcome = Outcome()
    with act_as(user):
        for record_type, entries in reversed(_grouped(batch)):
            for chunk in _chunks(sorted(entries, reverse=True)):
                _undo_chunk(record_type, {key: entries[key] for key in chunk}, user, outcome)
                if progress is not None:
                    progress.advance(len(chunk))
    Batch.objects.filter(pk=batch.pk).update(undone_at=timezone.now())
    return outcome


def _grouped(batch: Batch) -> list[tuple[str, dict[int, list[Entry]]]]:
    grouped: dict[str, dict[int, list[Entry]]] = {}
    for entry in batch.entries.filter(undone_by=None).order_by("id").iterator():
        grouped.setdefault(entry.record_type, {}).setdefault(entry.record_id, []).append(entry)
    return list(grouped.items())


def _chunks(keys: list[int]) -> list[list[int]]:
    return [keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK)]


def _undo_chunk(record_type: str, entries: dict[int, list[Entry]], user: Any, outcome: Outcome) -> None:
    with transaction.atomic():
        records = _locked_records(record_type, list(entries), user)
        removed = []
        for key, of_record in entries.items():
            record = records.get(key)
            fate = _fate(record, of_record)
            if record is None or fate == "kept":
                outcome.kept.append((record_type, key, of_record[0].title))
            elif fate == "removed":
                removed.append((record, of_record))
            else:
                _take_back(record, list(reversed(of_record)), outcome, strict=False)
        _remove(record_type, removed, outcome)


def _fate(record: Any, entries: list[Entry]) -> str:
    """A record the batch made is removed if nobody wrote to it since; one it changed goes back."""
    if record is None or record.is_trashed:
        return "kept"
    if not entries[0].kind.endswith((".created", ".imported")) or entries[0].changes:
        return "undone"
    return "removed" if record.version == len(entries) else "kept"


def _locked_records(record_type: str, keys: list[int], user: Any) -> dict[int, Any]:
    from fedele.access.visibility import restrict

    objects = restrict(registry.by_key(record_type).model.objects.filter(pk__in=keys), user, "edit")
    return {record.pk: record for record in objects.select_for_update(of=("self",))}


def _take_back(record: Any, entries: list[Entry], outcome: Outcome, *, strict: bool) -> None:
    kept: list[str] = []
    for entry in entries:
        if entry.kind.endswith(".created"):
            record.trash()
        else:
            kept += record.take_back(entry.changes)
    if kept and strict:
        raise Refused(_("It was changed again since: %(fields)s.") % {"fields": ", ".join(kept)})
    what = sentence_of(entries[0].kind, entries[0].data)
    if not entries[0].kind.endswith(".created"):
        _save_back(record, what)
    outcome.undone += 1
    if kept:
        outcome.kept.append((record.record_type, record.pk, str(record)))
    last = Entry.objects.filter(record_type=record.record_type, record_id=record.pk).latest("id")
    Entry.objects.filter(pk__in=[entry.pk for entry in entries]).update(undone_by=last.pk)


def _save_back(record: Any, what: str) -> None:
    """A verb may have set fields a form never shows, the trash among them; all go back as one entry."""
    if record.trashed_at != record._read.get("trashed_at"):
        record.restore() if record.trashed_at is None else record.trash()
        return
    try:
        record.save(kind="undone", data={"what": what})
    except Conflict as conflict:
        raise Refused(_("%(record)s was changed meanwhile.") % {"record": conflict.theirs}) from conflict


def _remove(record_type: str, removed: list[tuple[Any, list[Entry]]], outcome: Outcome) -> None:
    """Records nobody touched since they came go to the trash together, in a few statements."""
    if not removed:
        return
    now = timezone.now()
    model = registry.by_key(record_type).model
    records = [record for record, _entries in removed]
    for record in records:
        record.trashed_at = now
        record.version += 1
    model.objects.bulk_update(records, ["trashed_at", "version"], batch_size=200)
    write_many([(record, entry_for(record, "trashed", changes={"trashed_at": [None, now.isoformat()]})) for record in records])
    ids = [entry.pk for _record, entries in removed for entry in entries]
    Entry.objects.filter(pk__in=ids).update(undone_by=0)
    records_written.send(model, records=records, changed={"trashed_at"})
    outcome.removed += len(records)
