"""Taking back what was done: one entry, or a whole batch, unless somebody has gone on working since."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.base.models import Conflict, records_written
from fedele.base.plain import plain
from fedele.base.verbs import Refused
from fedele.journal.acting import act_as, gathering
from fedele.journal.models import Batch, Entry
from fedele.journal.sentences import sentence_of
from fedele.journal.storing import update_many
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


#: Kinds of batches that go back in a way of their own: (batch, user) → Outcome, and batch, user → counts beforehand.
_ways: dict[str, tuple[Callable[[Batch, Any], Outcome], Callable[[Batch, Any], dict[str, int]]]] = {}


def goes_back(
    kind: str, undo: Callable[[Batch, Any], Outcome], preview: Callable[[Batch, Any], dict[str, int]]
) -> None:
    _ways[kind] = undo, preview


def may_undo(entry: Entry, user: Any) -> bool:
    """One may take back one's own acts; who administers, those of others too. Creation, changes and notes can be undone."""
    if entry.undone_by is not None or entry.kind.endswith(".undone"):
        return False
    if not (entry.changes or entry.kind.endswith((".created", ".noted"))):
        return False
    return entry.actor_id == user.pk or user.is_administrator


def undo_entry(entry: Entry, user: Any) -> Outcome:
    """Takes back one entry. Raises `Refused` when the record went on changing in the same fields."""
    if entry.batch and (entry.batch.kind in WHOLE or entry.batch.kind in _ways):
        return undo_batch(entry.batch, user)
    outcome = Outcome()
    with transaction.atomic():
        locked = Entry.objects.select_for_update().get(pk=entry.pk)
        if locked.undone_by is not None:
            raise Refused(_("This was already undone."))
        record = _locked_records(entry.record_type, {entry.record_id: [locked]}, user).get(entry.record_id)
        if record is None:
            raise Refused(_("The record is no longer there, or not yours to change."))
        if entry.kind.endswith(".created") and not _is_untouched(record):
            raise Refused(_("It has been worked on since: move it to the trash if it is not needed."))
        _take_back(record, [locked], outcome, strict=True)
    return outcome


def _is_untouched(record: Any) -> bool:
    """As it was made: nobody changed it, no other record points at it."""
    return record.version == 1 and not record.is_trashed and not _used(type(record), [record.pk], {})


def preview_batch(batch: Batch, user: Any = None) -> dict[str, int]:
    """What undoing would do: {"removed", "undone", "kept"}."""
    if batch.kind in _ways:
        return _ways[batch.kind][1](batch, user)
    counts = {"removed": 0, "undone": 0, "kept": 0}
    going: dict[Any, set[int]] = {}
    for record_type, keys in reversed(_grouped(batch)):
        model = registry.by_key(record_type).model
        leaving = going.setdefault(model, set())
        for chunk in _chunks(sorted(keys, reverse=True)):
            entries = _entries_of(batch, record_type, chunk)
            records = {record.pk: record for record in model.objects.filter(pk__in=chunk)}
            removable = _removable(model, records, entries, going)
            fates = {key: _fate(records.get(key), own, removable) for key, own in entries.items()}
            # What was removed, and what no longer points where the batch made it point.
            leaving |= {key for key, fate in fates.items() if fate != "kept"}
            for fate in fates.values():
                counts[fate] += 1
    return counts


def foresee(batch: Batch, *, progress: Any = None) -> dict[str, int]:
    """The same in more detail: {"removed", "undone", "changed", "kept"}, as a job for batches of any size.

    "changed": people wrote since over what the batch wrote; undoing leaves them, unless it is to `revert` them as well.
    "kept": in use by other records, or gone already: they stay in any case.
    """
    counts = {"removed": 0, "undone": 0, "changed": 0, "kept": 0}
    going: dict[Any, set[int]] = {}
    for record_type, keys in reversed(_grouped(batch)):
        model = registry.by_key(record_type).model
        leaving = going.setdefault(model, set())
        for chunk in _chunks(sorted(keys, reverse=True)):
            entries = _entries_of(batch, record_type, chunk)
            records = {record.pk: record for record in model.objects.filter(pk__in=chunk)}
            usual, forced = (_removable(model, records, entries, going, revert=revert) for revert in (False, True))
            for key, own in entries.items():
                fate = _fate(records.get(key), own, usual)
                if (fate == "kept" and key in forced) or (fate == "undone" and _is_changed_since(records[key], own)):
                    fate = "changed"
                counts[fate] += 1
                if fate in ("removed", "undone"):
                    leaving.add(key)
            if progress is not None:
                progress.advance(len(chunk))
    return counts


def _is_changed_since(record: Any, entries: list[Entry]) -> bool:
    """Would some field stay as people left it?"""
    before = dict(record.__dict__)
    kept = [name for entry in reversed(entries) for name in record.take_back(entry.changes)]
    record.__dict__.update(before)
    return bool(kept)


def undo_batch(batch: Batch, user: Any, *, progress: Any = None, revert: bool = False) -> Outcome:
    """Takes back all of a batch: what it made is removed, what it changed goes back, what people changed since is kept.

    At once it is one transaction; as a job (`progress`) each chunk is one, and taken up again it goes on. With `revert`
    what people changed since goes back as well; what other records need stays even then.
    """
    if not (batch.actor_id == user.pk or user.is_administrator):
        raise Refused(_("This is not yours to undo."))
    if batch.kind in _ways:
        return _ways[batch.kind][0](batch, user)
    outcome = Outcome()
    with act_as(user), nullcontext() if progress is not None else transaction.atomic():
        if not Batch.objects.filter(pk=batch.pk, undone_at=None).update(undone_at=timezone.now()) and progress is None:
            raise Refused(_("This was already undone."))
        for record_type, keys in reversed(_grouped(batch)):
            for chunk in _chunks(sorted(keys, reverse=True)):
                _undo_chunk(record_type, _entries_of(batch, record_type, chunk), user, outcome, revert=revert)
                if progress is not None:
                    progress.advance(len(chunk))
    return outcome


def _grouped(batch: Batch) -> list[tuple[str, set[int]]]:
    """The records that entries in force are about, types in the order they first appear. Ids only: there may be many."""
    grouped: dict[str, set[int]] = {}
    entries = batch.entries.filter(undone_by=None).order_by("id").values_list("record_type", "record_id")
    for record_type, key in entries.iterator():
        if record_type in registry:
            grouped.setdefault(record_type, set()).add(key)
    return list(grouped.items())


def _entries_of(batch: Batch, record_type: str, keys: list[int]) -> dict[int, list[Entry]]:
    """The entries in force of some of its records, oldest first."""
    found: dict[int, list[Entry]] = {key: [] for key in keys}
    for entry in batch.entries.filter(undone_by=None, record_type=record_type, record_id__in=keys).order_by("id"):
        found[entry.record_id].append(entry)
    return {key: entries for key, entries in found.items() if entries}


def _chunks(keys: list[int]) -> list[list[int]]:
    return [keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK)]


def _undo_chunk(
    record_type: str, entries: dict[int, list[Entry]], user: Any, outcome: Outcome, *, revert: bool = False
) -> None:
    with transaction.atomic():
        records = _locked_records(record_type, entries, user)
        removable = _removable(registry.by_key(record_type).model, records, entries, {}, revert=revert)
        removed = []
        for key, of_record in entries.items():
            record = records.get(key)
            fate = _fate(record, of_record, removable)
            if record is None or fate == "kept":
                outcome.kept.append((record_type, key, of_record[0].title))
            elif fate == "removed":
                removed.append((record, of_record))
            else:
                _take_back(record, list(reversed(of_record)), outcome, strict=False, revert=revert)
        _remove(record_type, removed, outcome)


def _is_making(entries: list[Entry]) -> bool:
    return entries[0].kind.endswith((".created", ".imported")) and not entries[0].changes


def _fate(record: Any, entries: list[Entry], removable: set[int]) -> str:
    """What the batch made is removed if it is as it was made; what it changed goes back."""
    if record is None or (record.is_trashed and not any("trashed_at" in entry.changes for entry in entries)):
        return "kept"
    if not _is_making(entries):
        return "undone"
    return "removed" if record.pk in removable else "kept"


def _removable(
    model: Any,
    records: dict[int, Any],
    entries: dict[int, list[Entry]],
    going: dict[Any, set[int]],
    *,
    revert: bool = False,
) -> set[int]:
    """The records nobody wrote to since they were made (with `revert` all), and at which nothing points that stays."""
    found = {
        pk
        for pk, record in records.items()
        if _is_making(entries[pk]) and not record.is_trashed and (revert or record.version == len(entries[pk]))
    }
    while used := _used(model, list(found), {**going, model: going.get(model, set()) | found}):
        found -= used
    return found


def _used(model: Any, ids: list[int], going: dict[Any, set[int]]) -> set[int]:
    """Those of `ids` at which living records point, other than those that are `going` themselves."""
    used: set[int] = set()
    for record_type in registry if ids else ():
        for one in record_type.model._meta.concrete_fields:
            if one.related_model is not model:
                continue
            pointing = record_type.model.objects.filter(trashed_at=None, **{f"{one.name}__in": ids})
            leaving = going.get(record_type.model, set())
            used |= {target for key, target in pointing.values_list("pk", one.attname) if key not in leaving}
    return used


def _locked_records(record_type: str, entries: dict[int, list[Entry]], user: Any) -> dict[int, Any]:
    """The records these entries are about, as far as this user may change them."""
    model = registry.by_key(record_type).model
    if not user.is_active or not user.rights.may("edit", record_type):
        return {}
    found = {record.pk: record for record in model.objects.select_for_update(of=("self",)).filter(pk__in=entries)}
    beyond = {key for key, record in found.items() if not user.rights.covers(record, "edit")}
    lost = beyond - _given_away(record_type, {key: entries[key] for key in beyond}, user)
    return {key: record for key, record in found.items() if key not in lost}


def _given_away(record_type: str, entries: dict[int, list[Entry]], user: Any) -> set[int]:
    """Records this user can only not change any more because of these very entries, and that nobody worked on since."""
    given = {
        key
        for key, own in entries.items()
        if own[-1].actor_id == user.pk and {"owner", "team"} & own[-1].changes.keys()
    }
    if not given:
        return set()
    known = {entry.pk for key in given for entry in entries[key]}
    later = Entry.objects.filter(record_type=record_type, record_id__in=given, pk__gt=min(known)).exclude(pk__in=known)
    return given - set(later.values_list("record_id", flat=True))


def _take_back(record: Any, entries: list[Entry], outcome: Outcome, *, strict: bool, revert: bool = False) -> None:
    """Undoes the entries, newest first, in one write. What was changed again since stays; `strict` refuses then."""
    kept, wanted = [], 0
    for entry in entries:
        if not entry.kind.endswith(".created"):
            wanted += len(entry.changes)
            left = record.take_back(entry.changes)
            if revert and left:
                # As if it still stood there what the entry wrote.
                left = record.take_back({name: [entry.changes[name][0], _now(record, name)] for name in left})
            kept += left
    if kept and strict:
        raise Refused(
            _("It was changed again since: %(fields)s.") % {"fields": ", ".join(map(str, _labels(record, kept)))}
        )
    if kept:
        outcome.kept.append((record.record_type, record.pk, str(record)))
    if len(kept) == wanted > 0:
        return
    with gathering() as written:
        _write_back(record, entries)
    outcome.undone += 1
    if written:
        Entry.objects.filter(pk__in=[entry.pk for entry in entries]).update(undone_by=written[0].pk)


def _now(record: Any, name: str) -> Any:
    base, _dot, key = name.partition(".")
    if base == "custom":
        return (record.custom or {}).get(key)
    return plain(getattr(record, record._meta.get_field(name).attname))


def _labels(record: Any, names: list[str]) -> list[Any]:
    from fedele.records.fields import fields_of

    known = fields_of(registry.of(record))
    return [known[name].label if name in known else name for name in dict.fromkeys(names)]


def _write_back(record: Any, entries: list[Entry]) -> None:
    """A verb may have set fields a form never shows, the trash among them; all go back as one entry."""
    what = sentence_of(entries[0].kind, entries[0].data)
    before, wanted = record._read.get("trashed_at"), record.trashed_at
    try:
        if any(entry.kind.endswith(".created") for entry in entries):
            record.trash()
        elif before != wanted:
            record.trashed_at = before
            record.restore() if wanted is None else record.trash()
        elif record.changes():
            record.save(kind="undone", data={"what": what})
        else:
            record.journal("undone", what=what)
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
    update_many(model, records, {"trashed_at", "version"})
    write_many(
        [(record, entry_for(record, "trashed", changes={"trashed_at": [None, now.isoformat()]})) for record in records]
    )
    ids = [entry.pk for _record, entries in removed for entry in entries]
    Entry.objects.filter(pk__in=ids).update(undone_by=0)
    records_written.send(model, records=records, changed={"trashed_at"})
    outcome.removed += len(records)
