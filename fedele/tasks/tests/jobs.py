"""Jobs for the tests, importable by a worker process. What they did is read from a file: it survives every kill."""

from __future__ import annotations

import time
from pathlib import Path

from django.db import transaction

from fedele.tasks.jobs import job
from fedele.tasks.models import Progress, Schedule


def say(path: str, line: str) -> None:
    with Path(path).open("a") as file:
        file.write(f"{line}\n")


@job(retries=2, backoff=0.01)
def stumble(path: str, times: int) -> str:
    """Fails `times` times, then works."""
    say(path, "run")
    if Path(path).read_text().count("run") <= times:
        raise ValueError("not yet")
    return "at last"


@job()
def note(path: str, line: str) -> None:
    say(path, line)


@job()
def nightly() -> None:
    """Due by the schedule of a test."""


@job(atomic=True)
def slowly_store(path: str) -> None:
    """Stores a row, then waits for the file `go` beside `path` before its transaction ends."""
    Schedule.objects.create(name=f"stored {time.monotonic()}", expression="-", due_at="2030-01-01T00:00Z")
    say(path, "in hand")


@job()
def wait_then_say(path: str) -> None:
    """Says it began, waits for the file `go`, says it ended."""
    say(path, "began")
    while not Path(path).with_name("go").exists():
        time.sleep(0.02)
    say(path, "ended")


@job()
def count(progress_id: int, path: str) -> None:
    """Counts from where it was left; waits at every step while the file `go` is missing and step 3 is reached."""
    with Progress.working(progress_id) as progress:
        assert progress.total is not None
        while progress.done < progress.total:
            if progress.done == 3:
                say(path, "at three")
                while not Path(path).with_name("go").exists():
                    time.sleep(0.02)
                    if Path(path).with_name("look").exists():
                        break
            with transaction.atomic():
                Schedule.objects.create(name=f"row {progress.done}", expression="-", due_at="2030-01-01T00:00Z")
                progress.advance(1, new=1)
        progress.finish(url="/done/")
