"""From a record that was merged to the one that remained: the lookup that every door shares."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404

from fedele.records.beforehand import EVERY, asks_beforehand, may_have
from fedele.records.merging.models import MergedRecord
from fedele.records.registry import registry


class Led(Http404):
    """The record asked for was merged into another that the user may see. Doors without a better answer say 404."""

    def __init__(self, record_type: Any, merged: MergedRecord) -> None:
        super().__init__(str(merged))
        self.record_type, self.merged = record_type, merged

    @property
    def survivor_id(self) -> int:
        return self.merged.survivor_id

    @property
    def url(self) -> str:
        return str(self.record_type.url(self.survivor_id))


def survivor_of(record_type: str, record_id: int) -> int | None:
    """The id of the record this one was merged into, at the end of the chain; None when it was not merged."""
    return survivors_of(record_type, [record_id]).get(record_id)


def survivors_of(record_type: str, ids: Iterable[int]) -> dict[int, int]:
    """{merged: what remained} for those of `ids` that were merged. One statement."""
    found = MergedRecord.objects.filter(record_type=record_type, record_id__in=list(ids))
    return dict(found.values_list("record_id", "survivor_id"))


def survivors_by_number(record_type: str, numbers: Iterable[str]) -> dict[str, int]:
    """{number of a merged record: what remained}."""
    found = MergedRecord.objects.filter(record_type=record_type, number__in=list(numbers))
    return dict(found.values_list("number", "survivor_id"))


def merged_into(record: Any) -> list[MergedRecord]:
    """What was merged into this record, straight or by way of others; asked once for each record read."""
    if not is_mergeable(record.record_type) or not may_have(record, "merged"):
        return []
    if "_merged_into" not in record.__dict__:
        found = MergedRecord.objects.filter(record_type=record.record_type, survivor_id=record.pk)
        record.__dict__["_merged_into"] = list(found.select_related("batch").order_by("-at", "-id"))
    kept: list[MergedRecord] = record.__dict__["_merged_into"]
    return kept


@asks_beforehand(EVERY)
def whether_merged(record_type: Any) -> dict[str, Any]:
    if record_type.merge is None:
        return {}
    return {"merged": Exists(MergedRecord.objects.filter(record_type=record_type.key, survivor_id=OuterRef("pk")))}


def is_mergeable(key: str) -> bool:
    declared = registry.get(key)
    return declared is not None and declared.merge is not None


def missing(record_type: Any, pk: int, user: Any) -> Http404:
    """What a door raises that does not find a record: `Led` when the user may see what it was merged into."""
    if record_type.merge is not None and 0 < pk < 2**63:
        merged = MergedRecord.objects.filter(record_type=record_type.key, record_id=pk).first()
        if merged and record_type.model.objects.visible_to(user).filter(pk=merged.survivor_id).exists():
            return Led(record_type, merged)
    return Http404()
