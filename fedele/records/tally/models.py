from __future__ import annotations

from django.db import models


class Tally(models.Model):
    """A difference, or many of them folded together. What counts is the sum over rows of the same kind."""

    record_type = models.CharField(max_length=40)
    #: Value of the board's field (a stage's id, a choice), and of the field that tells open from closed.
    lane = models.CharField(max_length=40, default="")
    state = models.CharField(max_length=40, default="")
    owner_id = models.BigIntegerField(null=True)
    team_id = models.BigIntegerField(null=True)
    n = models.BigIntegerField(default=0)
    total = models.DecimalField(max_digits=24, decimal_places=2, default=0)
    weighted = models.DecimalField(max_digits=24, decimal_places=2, default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["record_type", "state", "lane", "owner_id", "team_id", "n", "total", "weighted"],
                name="tally_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_type} {self.lane} {self.state}: {self.n}"
