"""Timed: how long a long job has run, how fast it is and how long it will take. Pauses do not count."""

from __future__ import annotations

import time

from django.db import models
from django.utils import timezone

#: Seconds without a sign of life after which the page says so.
SILENT = 90


class Timed(models.Model):
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    #: Seconds of work, all runs together.
    active = models.FloatField(default=0)

    class Meta:
        abstract = True

    def lap(self) -> float:
        """Seconds of work since it was last asked. Measured here, so that a stopped clock or a pause adds nothing."""
        now = time.monotonic()
        before, self.__dict__["_wrote"] = self.__dict__.get("_wrote", now), now
        return now - before

    @property
    def per_second(self) -> float | None:
        return self.done / self.active if self.active >= 0.5 and self.done else None  # type: ignore[attr-defined]

    @property
    def remaining(self) -> float | None:
        """Seconds still to go at the present speed; None while nobody can know."""
        if not self.per_second or self.total is None:  # type: ignore[attr-defined]
            return None
        return max(0, self.total - self.done) / self.per_second  # type: ignore[attr-defined]

    @property
    def percent(self) -> int | None:
        if not self.total:  # type: ignore[attr-defined]
            return None
        return min(100, self.done * 100 // self.total)  # type: ignore[attr-defined]

    @property
    def is_silent(self) -> bool:
        """Running, says the row, but nothing was heard of it for a while."""
        if self.state != "running" or self.heartbeat_at is None:  # type: ignore[attr-defined]
            return False
        return (timezone.now() - self.heartbeat_at).total_seconds() > SILENT
