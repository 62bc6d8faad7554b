"""The process that runs jobs: django-tasks' own worker, made to survive its own death and the database's."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from types import FrameType

from django.db import InterfaceError, OperationalError, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as TasksWorker
from django_tasks_db.models import DBTaskResult

from fedele.tasks.claims import Claim
from fedele.tasks.heart import Heart
from fedele.tasks.running import Run, Stopped, running, shutting_down

logger = logging.getLogger("fedele.tasks")

#: Seconds a job may still take after the process was asked to end.
GRACE = 20


def run(interval: float = 1, *, batch: bool = False, queues: tuple[str, ...] = ("*",)) -> None:
    """Runs jobs until the process is asked to end; with `batch` only until none is left.

    Looks for work every `interval` seconds. SIGTERM lets the job in hand finish, for `GRACE` seconds at the most, and
    gives back what is unfinished; a second one gives it back at once.
    """
    shutting_down.clear()
    worker = FedeleWorker(interval, batch, queues)
    if threading.current_thread() is threading.main_thread():
        worker.configure_signals()
    heart = Heart(worker.worker_id)
    heart.start()
    try:
        worker.run()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        # Whatever a signal interrupted ends with its connection.
        connection.close()
        heart.stop()
        worker.give_everything_back()
        connection.close()


class FedeleWorker(TasksWorker):
    def __init__(self, interval: float, batch: bool, queues: tuple[str, ...]) -> None:
        super().__init__(
            queue_names=list(queues),
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"{os.getpid()}-{get_random_string(16)}",
            excluded_queue_names=[],
        )

    def configure_signals(self) -> None:
        super().configure_signals()
        signal.signal(signal.SIGALRM, self.give_up)

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        shutting_down.set()
        if not self.running:
            self.give_up(signum, frame)
        self.running = False
        if not self.running_task:
            raise SystemExit(0)
        logger.info("asked to end: the job in hand has %d seconds", GRACE)
        signal.setitimer(signal.ITIMER_REAL, GRACE)

    def give_up(self, signum: int, frame: FrameType | None) -> None:
        # Raised wherever the job is: its open transaction is rolled back on the way out.
        if self.running_task:
            raise Stopped("shutdown")

    def run(self) -> None:
        """As the parent's, but a busy or restarting database is waited for."""
        wait = 1.0
        while self.running:
            try:
                self.give_everything_back()
                return super().run()
            except (OperationalError, InterfaceError) as error:
                logger.warning("the database does not answer, trying again in %d s: %s", wait, error)
                connection.close()
                time.sleep(wait)
                wait = min(30.0, wait * 2)
        return None

    def run_task(self, row: DBTaskResult) -> None:
        """Runs one job and writes down its end, if the job is still this worker's by then."""
        claim, self.running_task = Claim.of(row), True
        try:
            with running(Run(claim=claim)):
                value = row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        except Stopped as stopped:
            self.running_task = False
            if stopped.reason == "shutdown":
                claim.give_back()
        except Exception as error:
            self.running_task = False
            logger.exception("%s failed", row.task_path)
            claim.fail(error)
        else:
            self.running_task = False
            if not claim.succeed(value):
                logger.warning("%s was taken over by another worker", row.task_path)
        finally:
            self.running_task = False
            self._run_tasks += 1

    def give_everything_back(self) -> None:
        """A signal or a lost connection may fall between taking a job and its end: nothing stays behind as running."""
        for row in DBTaskResult.objects.filter(status="RUNNING"):
            if row.worker_ids[-1:] == [self.worker_id]:
                Claim.of(row).give_back()
