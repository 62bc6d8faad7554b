"""What a job knows about its own run: which try it is, whose lease it holds, and whether it is asked to stop."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fedele.tasks.claims import Claim

#: Set when this process was asked to end: a long job gives its work back at the next batch.
shutting_down = threading.Event()


class Stopped(BaseException):
    """The job must end here, and what its open transaction holds must not be stored.

    Not an `Exception`, so that a job which survives the errors of single rows does not survive this.
    `reason` is one of: cancelled, paused, ended, lost (another worker has the job now), shutdown.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Run:
    attempt: int = 1
    retries: int = 0
    claim: Claim | None = None

    @property
    def is_last(self) -> bool:
        return self.attempt > self.retries


_run: ContextVar[Run | None] = ContextVar("run", default=None)


def this_run() -> Run:
    """The run this code is part of; outside of a worker a first and only one."""
    return _run.get() or Run()


@contextmanager
def running(run: Run) -> Iterator[Run]:
    token = _run.set(run)
    try:
        yield run
    finally:
        _run.reset(token)


def still_mine() -> None:
    """Inside a transaction: makes sure that what it stores is stored by the worker that holds the job.

    Raises `Stopped` when another worker has it by now.
    """
    claim = this_run().claim
    if claim is not None and not claim.lock():
        raise Stopped("lost")
