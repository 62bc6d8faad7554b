"""The keys by which records that may be the same are found without comparing each with each."""

from __future__ import annotations

from django.db import models


class MatchKey(models.Model):
    """One of the keys of a living record, made by `engine.keys`: equal keys are worth comparing."""

    key = models.BigIntegerField()
    #: See `index.NUMBERS`.
    record_type = models.SmallIntegerField()
    record_id = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["key", "record_type", "record_id"], name="match_key"),
            models.Index(fields=["record_type", "record_id"], name="match_key_record"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.record_type} {self.record_id}"
