"""Who looked at which record on which day: what a company must be able to say after a breach, or when somebody asks.

A page is shown without waiting for this: sights gather in the process and are stored every few seconds, and when it ends.
The last seconds of a killed process are lost; what was written or exported stands in the journal itself and never is.
"""

from __future__ import annotations

import atexit
import datetime as dt
import threading
from typing import Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections, models, transaction
from django.utils import timezone

from fedele.journal.acting import acting

#: Seconds between two stores, and how many sights are kept back at most.
PAUSE, MOST = 5, 500

_kept: dict[tuple[int, str, int, dt.date, str], list[dt.datetime]] = {}
_lock = threading.Lock()
_timer: list[threading.Timer] = []


class Sight(models.Model):
    """One person saw one record on one day through one door, from the first time to the last."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    day = models.DateField()
    door = models.CharField(max_length=12)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record_type", "record_id", "day", "user", "door"], name="sight_once")
        ]
        indexes = [models.Index(fields=["day", "record_type"], name="sight_day")]

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_id} {self.day}"


def saw(user: Any, record_type: str, record_id: int) -> None:
    """Notes that this person has this record before their eyes; stored soon, not now."""
    now = timezone.now()
    key = (user.pk, record_type, record_id, timezone.localdate(now), acting().door)
    with _lock:
        _kept.setdefault(key, [now, now])[1] = now
        is_full = len(_kept) >= MOST and not settings.TESTING
        if not _timer and not settings.TESTING:
            _timer.append(threading.Timer(PAUSE, _store_soon))
            _timer[0].daemon = True
            _timer[0].start()
    if is_full:
        store()


def _store_soon() -> None:
    _timer.clear()
    close_old_connections()
    store()
    close_old_connections()


def store() -> None:
    """Writes down what has gathered. What the database refuses now is tried again the next time."""
    with _lock:
        taken = dict(_kept)
        _kept.clear()
    if not taken:
        return
    rows = [
        Sight(user_id=user, record_type=of, record_id=pk, day=day, door=door, first_at=first, last_at=last)
        for (user, of, pk, day, door), (first, last) in sorted(taken.items(), key=lambda item: item[0])
    ]
    try:
        with transaction.atomic():
            Sight.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["record_type", "record_id", "day", "user", "door"],
                update_fields=["last_at"],
            )
    except DatabaseError:
        with _lock:
            for key, moments in taken.items():
                _kept.setdefault(key, moments)[0] = moments[0]


if not settings.TESTING:
    atexit.register(store)
