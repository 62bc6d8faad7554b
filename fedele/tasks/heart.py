"""The heartbeat of a worker: a thread of its own, so that a long job neither stops the clock nor looks dead."""

from __future__ import annotations

import logging
import os
import threading

from django.db import DatabaseError, InterfaceError, connection
from django.db.models.functions import Now
from django_tasks_db.models import DBTaskResult

from fedele.tasks.claims import LEASE, machine, recover
from fedele.tasks.models import Worker
from fedele.tasks.ticking import tick

logger = logging.getLogger("fedele.tasks")

#: Seconds between two beats: several fit into a lease.
BEAT = 10


class Heart(threading.Thread):
    """Says every few seconds that the worker lives, enqueues what is due, takes jobs from workers that died."""

    def __init__(self, key: str) -> None:
        super().__init__(name="heart", daemon=True)
        self.key = key
        self._stop_asked = threading.Event()

    def start(self) -> None:
        # The first beat is the caller's, so that the worker is known before it takes a job.
        beat(self.key)
        super().start()

    def run(self) -> None:
        while not self._stop_asked.wait(BEAT):
            try:
                beat(self.key)
            except (DatabaseError, InterfaceError) as error:
                logger.warning("no heartbeat: %s", error)
                connection.close()
            except Exception:
                logger.exception("the heartbeat stumbled")
        connection.close()

    def stop(self) -> None:
        self._stop_asked.set()
        self.join(timeout=5)
        Worker.objects.filter(key=self.key).delete()


def beat(key: str) -> None:
    if not Worker.objects.filter(key=key).update(seen_at=Now()):
        Worker.objects.update_or_create(key=key, defaults={"machine": machine(), "pid": os.getpid()})
        Worker.objects.filter(key=key).update(seen_at=Now())
    recover(key)
    tick()


def is_anyone_working() -> bool:
    """Is there a worker that was seen lately?"""
    return Worker.objects.filter(seen_at__gt=Now() - LEASE).exists()


def queue() -> dict[str, int]:
    """For the health page: workers alive, jobs waiting, running and failed."""
    by_status = {status: DBTaskResult.objects.filter(status=status).count() for status in ("RUNNING", "FAILED")}
    return {
        "workers": Worker.objects.filter(seen_at__gt=Now() - LEASE).count(),
        "waiting": DBTaskResult.objects.ready().count(),
        "running": by_status["RUNNING"],
        "failed": by_status["FAILED"],
    }
