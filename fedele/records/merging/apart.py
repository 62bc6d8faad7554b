"""A merge taken apart again, within 30 days: what went comes back with its rows, and what was done since is respected."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.base.verbs import Refused
from fedele.journal.acting import act_as, gathering
from fedele.journal.models import Batch, Entry
from fedele.records.fields import fields_of
from fedele.records.merging.models import MergedRecord, MovedRow
from fedele.records.merging.moving import chunks, point
from fedele.records.merging.pointing import Pointer, pointers_to
from fedele.records.merging.views import return_views
from fedele.records.merging.waiting import patiently
from fedele.records.registry import registry
from fedele.records.searching import index_records

DAYS = 30


@dataclass
class Preview:
    """What taking apart does: what comes back, what goes back to it, and what stays because somebody went on with it."""

    survivor: Any
    others: list[MergedRecord]
    #: Model → rows that go back, and rows that stay: deleted or given to somebody else since.
    going: dict[Any, int] = field(default_factory=dict)
    staying: dict[Any, int] = field(default_factory=dict)
    #: Labels of the fields of the survivor that go back, and of those changed again since.
    fields_back: list[str] = field(default_factory=list)
    fields_kept: list[str] = field(default_factory=list)


def until(batch: Batch) -> dt.datetime:
    return batch.at + dt.timedelta(days=DAYS)


def preview(batch: Batch, user: Any) -> Preview:
    """Writes nothing. Raises `Refused` as `unmerge` does."""
    survivor, merged, _others = _parties(batch, user, lock=False)
    found = Preview(survivor, merged)
    for pointer, to, rows in _moved(batch):
        still = _still(pointer, to, rows)
        found.going[pointer.model] = found.going.get(pointer.model, 0) + len(still)
        found.staying[pointer.model] = found.staying.get(pointer.model, 0) + len(rows) - len(still)
    labels = {name: str(one.label) for name, one in fields_of(registry.of(survivor), user).items()}
    entry = _entry(batch, survivor)
    kept = survivor.take_back(entry.changes) if entry else []
    found.fields_kept = [labels[name] for name in kept if name in labels]
    found.fields_back = [
        labels[name] for name in (entry.changes if entry else ()) if name in labels and name not in kept
    ]
    return found


def unmerge(batch: Batch, user: Any) -> Preview:
    """Takes the merge apart; returns what was done. The latest merge of a chain goes first.

    Raises `Refused` when it was taken apart already, is older than 30 days, or what remained has itself been merged
    or thrown away since; PermissionDenied without the right to edit the one and delete the others.
    """
    done: Preview = patiently(lambda: _unmerge(batch, user))
    return done


def _unmerge(batch: Batch, user: Any) -> Preview:
    Batch.objects.select_for_update().get(pk=batch.pk)
    done = preview(batch, user)
    survivor, merged, others = _parties(batch, user, lock=True)
    with act_as(user):
        # First of all: what is written for a record that still counts as merged is led on.
        _forget(batch, survivor, merged)
        _give_back(batch, {"survivor": str(survivor)})
        entry = _entry(batch, survivor)
        if entry:
            survivor.take_back(entry.changes)
        with gathering() as written:
            survivor.save(kind="unmerged", data={"others": ", ".join(map(str, merged))})
        for one in others:
            one._set_trashed(None, "taken_out", {"survivor": str(survivor)})
        return_views(batch)
        Batch.objects.filter(pk=batch.pk).update(undone_at=timezone.now())
        batch.entries.filter(undone_by=None).update(undone_by=written[0].pk if written else 0)
    survivor.__dict__.pop("_merged_into", None)
    for one in (survivor, *others):
        index_records(type(one), [one])
    return done


def _parties(batch: Batch, user: Any, *, lock: bool) -> tuple[Any, list[MergedRecord], list[Any]]:
    """(what remained, what the batch merged into it, those records), if the user may take them apart now."""
    record_type = registry.get(batch.record_type)
    merged = list(MergedRecord.objects.filter(batch=batch).order_by("record_id"))
    if record_type is None or not merged:
        raise Refused(_("This merge was already taken apart."))
    if timezone.now() > until(batch):
        raise Refused(_("A merge can be taken apart for %(days)s days.") % {"days": DAYS})
    objects = record_type.model.objects
    rows = (objects.select_for_update() if lock else objects).filter(
        pk__in=[merged[0].into_id, *(one.record_id for one in merged)]
    )
    found = {record.pk: record for record in rows.order_by("pk")}
    survivor = found.get(merged[0].into_id)
    others = [found[one.record_id] for one in merged if one.record_id in found]
    if survivor is None or len(others) < len(merged):
        raise Refused(_("One of these records is no longer there."))
    if merged[0].survivor_id != survivor.pk:
        later = objects.filter(pk=merged[0].survivor_id).first()
        raise Refused(
            _("%(record)s was later merged into %(other)s. Take that apart first.")
            % {"record": survivor, "other": later}
        )
    if survivor.is_trashed:
        raise Refused(_("%(record)s is in the trash. Restore it first.") % {"record": survivor})
    if not user.rights.covers(survivor, "edit") or not all(user.rights.covers(one, "delete") for one in others):
        raise PermissionDenied(_("Who may not merge these records may not take them apart."))
    return survivor, merged, others


def may_unmerge(record: Any, user: Any) -> bool:
    """Without looking at the records that went: their rights are looked at when it is done."""
    return bool(user.rights.covers(record, "edit") and user.rights.may("delete", record.record_type))


def _entry(batch: Batch, survivor: Any) -> Entry | None:
    """What the merge changed in what remained."""
    own = batch.entries.filter(record_type=survivor.record_type, record_id=survivor.pk, undone_by=None)
    return own.filter(kind__endswith=".merged").first()


def _moved(batch: Batch) -> list[tuple[Pointer, int, dict[int, int]]]:
    """(pointer, whom the rows point at since, {row: whom it pointed at before}), the last moved first."""
    model = registry.by_key(batch.record_type).model
    pointers = {(one.label, one.field): one for one in pointers_to(model)}
    found: dict[tuple[str, str, int], dict[int, int]] = defaultdict(dict)
    rows = MovedRow.objects.filter(batch=batch).order_by("-id")
    for label, name, to, key, before in rows.values_list("model", "field", "to_id", "row_id", "from_id").iterator():
        found[label, name, to][key] = before
    return [(pointers[label, name], to, rows) for (label, name, to), rows in found.items() if (label, name) in pointers]


def _still(pointer: Pointer, to: int, rows: dict[int, int]) -> set[int]:
    """Those nobody has made point elsewhere since."""
    still: set[int] = set()
    for chunk in chunks(sorted(rows)):
        still |= set(pointer.rows([to]).filter(pk__in=chunk).values_list("pk", flat=True))
    return still


def _give_back(batch: Batch, data: dict[str, Any]) -> None:
    for pointer, to, rows in _moved(batch):
        still = sorted(_still(pointer, to, rows))
        for chunk in chunks(still):
            point(pointer, {key: rows[key] for key in chunk}, "gone_back", data)
    MovedRow.objects.filter(batch=batch).delete()


def _forget(batch: Batch, survivor: Any, merged: list[MergedRecord]) -> None:
    """What had been merged into one that comes back leads to that one again."""
    gone = {one.record_id for one in merged}
    MergedRecord.objects.filter(batch=batch).delete()
    rest = MergedRecord.objects.filter(record_type=survivor.record_type, survivor_id=survivor.pk)
    into = dict(rest.values_list("record_id", "into_id"))
    for root in gone:
        below: set[int] = set()
        wanted = {root}
        while wanted:
            wanted = {key for key, to in into.items() if to in wanted} - below
            below |= wanted
        rest.filter(record_id__in=below).update(survivor_id=root)
