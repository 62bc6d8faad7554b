"""Countable: how much of a long job is done, and what it counted on the way."""

from __future__ import annotations

import time
from typing import Any

from django.db import connection, models, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from fedele.tasks.running import Stopped, shutting_down
from fedele.tasks.timing import Timed
from fedele.tasks.working import Workable

#: Seconds between two writes of a job that counts outside of a transaction.
THROTTLE = 0.5

#: What a count is called on the page. A department adds its own: `COUNT_LABELS["merged"] = _("Merged")`.
COUNT_LABELS: dict[str, Any] = {
    "new": _("New"),
    "updated": _("Updated"),
    "unchanged": _("Unchanged"),
    "changed": _("Changed"),
    "removed": _("Removed"),
    "kept": _("Kept"),
    "skipped": _("Skipped"),
    "duplicates": _("Possible duplicates"),
    "problems": _("With problems"),
    "sent": _("Sent"),
}


class Countable(Timed, Workable):
    """A resumed job can rely on `done`: inside a transaction it is stored with the data it counts, or not at all."""

    total = models.BigIntegerField(null=True)
    done = models.BigIntegerField(default=0)
    #: {"new": 120, "updated": 3, "problems": 1}
    counts = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def advance(self, n: int = 1, **counts: int) -> None:
        """`n` more are done: call it once a batch, inside the batch's transaction.

        Raises `Stopped` when the job was cancelled or paused, is another worker's by now, or this process ends; the
        batch is then rolled back with its count. Outside of a transaction it writes twice a second at the most.
        """
        pending = self.__dict__.setdefault("_pending", {})
        for name, more in {**counts, "": n}.items():
            pending[name] = pending.get(name, 0) + more
        if connection.in_atomic_block or time.monotonic() - self.__dict__.get("_wrote", 0.0) >= THROTTLE:
            self.write_down()

    def write_down(self, **counts: int) -> None:
        """Stores what was counted, and sets `counts` to these very numbers."""
        if shutting_down.is_set():
            raise Stopped("shutdown")
        pending = self.__dict__.pop("_pending", {})
        with transaction.atomic():
            stored = self.hold()
            self.done = stored.done + pending.pop("", 0)
            self.counts = {**_sum(stored.counts, pending), **counts}
            self.active = stored.active + self.lap()
            type(self)._default_manager.filter(pk=self.pk).update(
                done=self.done, counts=self.counts, active=self.active, heartbeat_at=Now()
            )

    @property
    def counted(self) -> list[tuple[Any, int]]:
        return [(COUNT_LABELS.get(name, name), number) for name, number in self.counts.items()]


def _sum(counts: dict[str, int], more: dict[str, int]) -> dict[str, int]:
    return {name: counts.get(name, 0) + more.get(name, 0) for name in {**counts, **more}}
