"""`@job`: a function that runs later, is tried again when it fails, and belongs to the transaction that wants it."""

from __future__ import annotations

import functools
import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task_backends
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import Task
from django_tasks_db.backend import DatabaseBackend

from fedele.journal.acting import act_as
from fedele.tasks.running import Run, Stopped, running, still_mine, this_run

logger = logging.getLogger("fedele.tasks")


@dataclass(frozen=True, kw_only=True)
class Job(Task):
    """A task of the engine named in the settings, with its own rules for failing."""

    retries: int = 0
    #: Seconds before the second try; doubled for each further one, up to `cap`.
    backoff: float = 10
    cap: float = 3600

    def enqueue(self, *args: Any, **kwargs: Any) -> Any:
        """Runs the job after this transaction, and not at all if it is rolled back. Give ids, not records."""
        if isinstance(self.get_backend(), DatabaseBackend | ImmediateBackend):
            return super().enqueue(*args, **kwargs)
        # Any other engine keeps its queue elsewhere, so it may hear of the job only once the data is stored.
        transaction.on_commit(functools.partial(super().enqueue, *args, **kwargs))
        return None

    def wait_before(self, attempt: int, error: Exception) -> float:
        """Seconds until the try after `attempt`; an error may ask for more with an attribute `after`."""
        seconds = max(getattr(error, "after", 0), self.backoff * 2 ** (attempt - 1))
        return min(self.cap, seconds) * random.uniform(0.8, 1.2)  # noqa: S311 (spreads retries, hides nothing)

    def try_again(self, error: Exception, attempt: int, args: tuple, kwargs: dict) -> float:
        seconds = self.wait_before(attempt, error)
        later = self.using(run_after=timezone.now() + timedelta(seconds=seconds))
        with transaction.atomic():
            still_mine()
            later.enqueue(*args, **kwargs, _attempt=attempt + 1)
        return seconds


def job(
    *,
    retries: int = 0,
    backoff: float = 10,
    cap: float = 3600,
    queue: str = "default",
    priority: int = 0,
    atomic: bool = False,
) -> Callable[[Callable[..., Any]], Job]:
    """Declares a module-level function as a job: `run_import.enqueue(pk)`.

    It may run more than once, so it must be repeatable. `atomic=True` runs it in one transaction that is stored
    only if this worker still holds the job: for short jobs that touch nothing but the database.
    """

    def declare(function: Callable[..., Any]) -> Job:
        @functools.wraps(function)
        def run(*args: Any, _attempt: int = 1, **kwargs: Any) -> Any:
            # An engine that cannot wait cannot try again.
            tries = declared.retries if declared.get_backend().supports_defer else 0
            with running(Run(_attempt, tries, this_run().claim)), act_as(door="system"):
                return _try(declared, function, atomic, args, kwargs)

        declared = Job(
            func=run, queue_name=queue, priority=priority, run_after=None, retries=retries, backoff=backoff, cap=cap
        )
        return declared

    return declare


def waits_here() -> bool:
    """Do jobs wait in this database for `fedele worker`? Other engines bring their own workers."""
    return isinstance(task_backends["default"], DatabaseBackend)


def _try(declared: Job, function: Callable[..., Any], atomic: bool, args: tuple, kwargs: dict) -> Any:
    run = this_run()
    try:
        return _in_one_transaction(function, args, kwargs) if atomic else function(*args, **kwargs)
    except Stopped as stopped:
        if stopped.reason == "shutdown":
            raise
        return {"stopped": stopped.reason}
    except Exception as error:
        if run.is_last:
            raise
        seconds = declared.try_again(error, run.attempt, args, kwargs)
        logger.warning("%s failed, next try in %d s", declared.module_path, seconds, exc_info=True)
        return {"retry": run.attempt, "in": round(seconds), "error": repr(error)}


def _in_one_transaction(function: Callable[..., Any], args: tuple, kwargs: dict) -> Any:
    with transaction.atomic():
        result = function(*args, **kwargs)
        still_mine()
        return result


__all__ = ["Job", "Stopped", "job", "still_mine", "waits_here"]
