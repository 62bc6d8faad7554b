"""What keeps merges in order over time: out of the trash, gone with what remained, forgotten when they cannot go back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.dispatch import receiver
from django.utils import timezone

from fedele.base.models import records_written, trash_holds
from fedele.records.merging.apart import DAYS
from fedele.records.merging.leading import is_mergeable
from fedele.records.merging.models import MergedRecord, MovedRow
from fedele.tasks.jobs import job


@trash_holds
def not_merged(model: Any) -> Any:
    """What was merged lies there too, but comes back only when the merge is taken apart."""
    if not is_mergeable(model.record_type):
        return Q()
    return ~Exists(MergedRecord.objects.filter(record_type=model.record_type, record_id=OuterRef("pk")))


@receiver(records_written)
def erase_with(sender: Any, records: list[Any], changed: set[str] | None, **_kwargs: Any) -> None:
    """Whoever is erased for good is erased as all that was merged into them: it was the same person."""
    if changed != {"erased"} or not is_mergeable(sender.record_type):
        return
    merged = MergedRecord.objects.filter(record_type=sender.record_type, survivor_id__in=[one.pk for one in records])
    ids = list(merged.values_list("record_id", flat=True))
    merged.delete()
    MergedRecord.objects.filter(record_type=sender.record_type, record_id__in=[one.pk for one in records]).delete()
    for one in sender.objects.filter(pk__in=ids):
        one.erase()


@job()
def prune() -> None:
    """Daily: how rows pointed before a merge that can no longer be taken apart."""
    MovedRow.objects.filter(batch__at__lt=timezone.now() - dt.timedelta(days=DAYS)).delete()
