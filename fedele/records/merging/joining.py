"""Several records become one, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.base.models import Conflict
from fedele.base.verbs import Refused
from fedele.journal.acting import act_as
from fedele.journal.models import Batch
from fedele.journal.writing import open_batch
from fedele.records.merging.choosing import Comparison
from fedele.records.merging.models import MergedRecord
from fedele.records.merging.moving import Act, move_all
from fedele.records.merging.numbers import keep_numbers
from fedele.records.merging.views import redirect_views
from fedele.records.merging.waiting import patiently
from fedele.records.registry import registry

FEWEST, MOST = 2, 5


class Unconfirmed(Refused):
    """The records contradict each other in identity data, and nobody has said that they are the same nevertheless."""


def merge(
    user: Any,
    survivor: Any,
    others: Iterable[Any],
    choices: Mapping[str, Any] | None = None,
    *,
    versions: Mapping[int, int] | None = None,
    confirmed: bool = False,
) -> Batch:
    """Merges `others` into `survivor`; returns the batch by which it can be taken apart.

    `choices`: {field: id of the record whose value is kept, or "both"}; other fields go by the suggestion.
    `versions`: {id: version} as they were shown. Raises `Conflict` when one was changed since, `Refused` when they
    cannot be merged, `Unconfirmed` when identity data differ and `confirmed` is not said, PermissionDenied without
    the right to edit the one and delete the others.
    """
    record_type = registry.of(survivor)
    ids = [survivor.pk, *(record.pk for record in others)]
    check_number(ids)
    if record_type.merge is None or any(registry.of(record) is not record_type for record in others):
        raise Refused(_("Only records of the same kind can be merged."))
    chosen = {name: str(value) for name, value in (choices or {}).items()}

    def attempt() -> Batch:
        records = _locked(record_type, ids, versions or {})
        _check_rights(user, records)
        compared = Comparison(record_type, records, records[0], user, chosen)
        if not confirmed and compared.clashing():
            raise Unconfirmed(_("Their identity data differ: confirm that they are the same nevertheless."))
        return _merge(user, compared)

    return patiently(attempt)


def check_number(ids: list[int]) -> None:
    if len(set(ids)) != len(ids):
        raise Refused(_("A record cannot be merged with itself."))
    if len(ids) < FEWEST:
        raise Refused(_("Choose at least two records to merge."))
    if len(ids) > MOST:
        raise Refused(_("At most %(most)s records can be merged at once.") % {"most": MOST})


def _locked(record_type: Any, ids: list[int], versions: Mapping[int, int]) -> list[Any]:
    """The records, what remains first, locked in the order of their ids: two merges that cross never wait in a ring."""
    found = {
        record.pk: record for record in record_type.model.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    }
    for pk in ids:
        record = found.get(pk)
        if record is None or record.is_trashed:
            gone = MergedRecord.objects.filter(record_type=record_type.key, record_id=pk).first()
            if gone is not None:
                raise Refused(_("%(record)s was merged with another meanwhile.") % {"record": gone})
            raise Refused(_("One of these records is no longer there."))
        if versions.get(pk, record.version) != record.version:
            raise Conflict(record)
    return [found[pk] for pk in ids]


def _check_rights(user: Any, records: list[Any]) -> None:
    survivor, *others = records
    for record, right in ((survivor, "edit"), *((one, "delete") for one in others)):
        if not user.rights.covers(record, "view"):
            raise PermissionDenied(_("There is no such record, or it is not yours to see."))
        if not user.rights.covers(record, right):
            raise PermissionDenied(refusal(record, right))


def refusal(record: Any, right: str) -> str:
    if right == "edit":
        return _("You may not change %(record)s, so nothing can be merged into it.") % {"record": record}
    return _("You may not delete %(record)s, so you may not merge it into another.") % {"record": record}


def _merge(user: Any, compared: Comparison) -> Batch:
    record_type, survivor = compared.record_type, compared.survivor
    others = compared.records[1:]
    names = ", ".join(str(one) for one in others)
    title = _("Merge: %(names)s") % {"names": f"{survivor}, {names}"}
    batch = open_batch("merge", record_type=record_type.key, title=title, data={"survivor": survivor.pk})
    with act_as(user, batch=batch):
        act = Act(record_type, survivor, others, batch)
        values = {name: value for name, value in compared.values().items() if _is_new(survivor, name, value)}
        survivor.put(values)
        record_type.settle_merge(survivor, others)
        unplaced = keep_numbers(record_type, survivor, others)
        move_all(act)
        redirect_views(act)
        survivor.save(kind="merged", data={"others": names})
        for one in others:
            one._set_trashed(timezone.now(), "merged_into", {"survivor": str(survivor)})
        _remember(act)
        if unplaced:
            survivor.note(_("Also known from the merge: %(values)s") % {"values": ", ".join(unplaced)})
    _tell_index(survivor)
    return batch


def _is_new(survivor: Any, name: str, value: Any) -> bool:
    """A relation left as it is must not be set: its owner would take the team along."""
    if name.startswith("custom."):
        return bool((survivor.custom or {}).get(name.partition(".")[2]) != value)
    field = survivor._meta.get_field(name)
    return bool(getattr(survivor, field.attname) != (getattr(value, "pk", value) if field.is_relation else value))


def _remember(act: Act) -> None:
    """Where each led until now, those merged into them before among them, leads on to what remains."""
    MergedRecord.objects.filter(record_type=act.record_type.key, survivor_id__in=act.ids).update(
        survivor_id=act.survivor.pk
    )
    MergedRecord.objects.bulk_create(
        MergedRecord(
            record_type=act.record_type.key,
            record_id=one.pk,
            into_id=act.survivor.pk,
            survivor_id=act.survivor.pk,
            number=one.number or "",
            title=str(one)[:200],
            batch=act.batch,
        )
        for one in act.others
    )


def _tell_index(survivor: Any) -> None:
    """What remains is found by the names and numbers of what went into it."""
    from fedele.records.searching import index_records

    index_records(type(survivor), [survivor])
