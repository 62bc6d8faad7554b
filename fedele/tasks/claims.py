"""Who holds a job. A claim is fenced: once somebody else took the job over, nothing can be done with the old claim."""

from __future__ import annotations

import logging
import os
import socket
import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from traceback import format_exception
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult

from fedele.tasks.models import Progress, Worker

logger = logging.getLogger("fedele.tasks")

#: A worker that shows no sign of life for so long has lost its jobs.
LEASE = timedelta(seconds=60)
#: A job that lost so many workers is what kills them: it is set aside.
MAX_RUNS = 5


@dataclass(frozen=True)
class Claim:
    """The right of one worker to finish one run of a job."""

    task: uuid.UUID
    workers: tuple[str, ...]

    @classmethod
    def of(cls, row: DBTaskResult) -> Claim:
        return cls(row.pk, tuple(row.worker_ids))

    def rows(self) -> QuerySet[DBTaskResult]:
        # Every take-over appends a worker, so the list itself is the fencing token.
        return DBTaskResult.objects.filter(pk=self.task, status="RUNNING", worker_ids=list(self.workers))

    def lock(self) -> bool:
        """Keeps the job from being taken over until this transaction ends; False if it already was."""
        return self.rows().select_for_update().first() is not None

    def succeed(self, value: Any) -> bool:
        return self._end("SUCCESSFUL", return_value=normalize_json(value))

    def fail(self, error: BaseException) -> bool:
        path = f"{type(error).__module__}.{type(error).__qualname__}"
        return self._end("FAILED", exception_class_path=path, traceback="".join(format_exception(error)))

    def give_back(self) -> bool:
        """Lets another worker begin again. An orderly end is not counted as a lost worker."""
        return bool(self.rows().update(status="READY", worker_ids=list(self.workers[:-1])))

    def take_away(self) -> bool:
        return bool(self.rows().update(status="READY"))

    def _end(self, status: str, **values: Any) -> bool:
        return bool(self.rows().update(status=status, finished_at=timezone.now(), **values))


def machine() -> str:
    """Where a process number means something: this host, this boot, this container."""
    parts = [socket.gethostname()]
    with suppress(OSError):
        parts.append(Path("/proc/sys/kernel/random/boot_id").read_text().strip())
        parts.append(str(Path("/proc/self/ns/pid").readlink()))
    return " ".join(parts)[:200]


def recover(me: str = "") -> int:
    """Gives the jobs of dead workers to the living. Returns how many. Called by every worker, now and then."""
    held: dict[str, list[DBTaskResult]] = {}
    for row in DBTaskResult.objects.filter(status="RUNNING").only("pk", "worker_ids", "task_path"):
        held.setdefault((row.worker_ids or [""])[-1], []).append(row)
    if not held:
        return 0
    alive = _alive(me)
    return sum(_take_from_dead(row) for worker, rows in held.items() if worker not in alive for row in rows)


def _alive(me: str) -> set[str]:
    # The database's clock decides, so that workers on machines with different clocks agree.
    fresh = Worker.objects.filter(seen_at__gt=Now() - LEASE)
    return {worker.key for worker in fresh if worker.key == me or not _is_gone(worker)}


def _is_gone(worker: Worker) -> bool:
    """True when a worker of this very machine is known to have ended, so nobody waits for its lease to run out."""
    if worker.machine != machine():
        return False
    if worker.pid == os.getpid():
        return True
    try:
        os.kill(worker.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _take_from_dead(row: DBTaskResult) -> bool:
    claim = Claim.of(row)
    if len(row.worker_ids) < MAX_RUNS:
        logger.warning("%s lost its worker and runs again", row.task_path)
        return claim.take_away()
    logger.error("%s lost %d workers and is set aside", row.task_path, len(row.worker_ids))
    Progress.set_aside(row.pk)
    return claim.fail(RuntimeError(f"{len(row.worker_ids)} workers died running this job"))
