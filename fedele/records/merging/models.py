from __future__ import annotations

from django.db import models
from django.utils import timezone


class MergedRecord(models.Model):
    """A record that went into another. Kept for good: old addresses, numbers and names lead to what remained."""

    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    #: The record it was merged into, and the one at the end of the chain: A went into B, B later into C.
    into_id = models.BigIntegerField()
    survivor_id = models.BigIntegerField()
    number = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200, blank=True)
    batch = models.ForeignKey("journal.Batch", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record_type", "record_id"], name="merged_once")]
        indexes = [
            models.Index(fields=["record_type", "survivor_id"], name="merged_survivor"),
            models.Index(fields=["record_type", "number"], name="merged_number"),
        ]

    def __str__(self) -> str:
        return self.title


class MovedRow(models.Model):
    """A row that pointed at one record and was made to point at another by a merge: the way back. Kept for 30 days."""

    batch = models.ForeignKey("journal.Batch", on_delete=models.CASCADE, related_name="+")
    #: Model and field: "app.model" and "field".
    model = models.CharField(max_length=80)
    field = models.CharField(max_length=80)
    row_id = models.BigIntegerField()
    from_id = models.BigIntegerField()
    to_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["batch", "model", "field"], name="moved_batch")]

    def __str__(self) -> str:
        return f"{self.model}.{self.field} {self.row_id}: {self.from_id} → {self.to_id}"
