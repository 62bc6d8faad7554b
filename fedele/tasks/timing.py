"""Timed: how long a long job has run, how fast it is and how long it will take. Pauses do not count."""

from __future__ import annotations

import time

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
    def elapsed_text(self) -> str:
        return as_clock(self.active)

    @property
    def remaining_text(self) -> str:
        """About how long still, in words; empty while nobody can know."""
        seconds = self.remaining
        if seconds is None:
            return ""
        if seconds < 60:
            return _("less than a minute")
        minutes = round(seconds / 60)
        if minutes < 90:
            return ngettext("about %(num)d minute", "about %(num)d minutes", minutes) % {"num": minutes}
        hours = round(minutes / 60)
        return ngettext("about %(num)d hour", "about %(num)d hours", hours) % {"num": hours}

    @property
    def percent(self) -> int | None:
        if not self.total:  # type: ignore[attr-defined]
            return None
        return min(100, self.done * 100 // self.total)  # type: ignore[attr-defined]

    @property
    def share(self) -> float | None:
        """What is done, from 0 to 1."""
        return None if self.percent is None else self.percent / 100

    @property
    def is_silent(self) -> bool:
        """Running, says the row, but nothing was heard of it for a while."""
        if self.state != "running" or self.heartbeat_at is None:  # type: ignore[attr-defined]
            return False
        return (timezone.now() - self.heartbeat_at).total_seconds() > SILENT


def as_clock(seconds: float) -> str:
    """0:07, 12:30, 1:05:09"""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
