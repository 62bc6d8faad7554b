"""Up to three entries stay on top of a timeline. The journal is never edited: that they do is written down here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.base.verbs import Refused
from fedele.journal.models import Entry
from fedele.records.adding import is_wide
from fedele.records.beforehand import EVERY, asks_beforehand, may_have
from fedele.records.merging.leading import merged_into

MOST = 3


class Pin(models.Model):
    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, db_constraint=False, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record_type", "record_id", "entry"], name="pin_once")]

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_id}: {self.entry_id}"


@asks_beforehand(EVERY)
def whether_pinned(record_type: Any) -> dict[str, Any]:
    return {"pins": Exists(Pin.objects.filter(record_type=record_type.key, record_id=OuterRef("pk")))}


def pinned_entries(record: Any) -> list[Entry]:
    """The last pinned first; what was pinned before a merge stays so. Of a group nothing is pinned."""
    if is_wide(record) or not (may_have(record, "pins") or merged_into(record)):
        return []
    ids = [record.pk, *(one.record_id for one in merged_into(record))]
    pins = Pin.objects.filter(record_type=record.record_type, record_id__in=ids).select_related("entry")
    return [pin.entry for pin in pins.order_by("-at", "-id")[:MOST]]


def pin(record: Any, entry: Entry, user: Any) -> bool:
    """Pins the entry, or takes the pin out again; answers whether it is pinned now. Refuses a fourth."""
    with transaction.atomic():
        # Of two at once the second counts what the first has pinned.
        type(record).objects.select_for_update().get(pk=record.pk)
        ids = [record.pk, *(one.record_id for one in merged_into(record))]
        here = Pin.objects.filter(record_type=record.record_type, record_id__in=ids)
        if here.filter(entry=entry).delete()[0]:
            return False
        if here.count() >= MOST:
            raise Refused(_("Three entries are pinned already. Unpin one of them first."))
        Pin.objects.create(record_type=record.record_type, record_id=record.pk, entry=entry, by=user)
    return True
