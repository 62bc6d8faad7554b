"""Real workers on a real queue: retried, killed, frozen, asked to end."""

from __future__ import annotations

import signal
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from fedele.access.models import User
from fedele.tasks import claims
from fedele.tasks.models import Progress, Schedule, Worker
from fedele.tasks.tests import jobs
from fedele.tasks.tests.conftest import until


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log"
    path.touch()
    return path


@pytest.fixture
def giulia(house: None) -> User:
    return User.objects.create_user("giulia@example.com", language="en")


def lines(log: Path) -> list[str]:
    return log.read_text().split("\n")[:-1]


def rows() -> list[int]:
    stored = Schedule.objects.filter(name__startswith="row ").values_list("name", flat=True)
    return sorted(int(name[4:]) for name in stored)


def counting(giulia: User, log: Path, total: int = 6) -> Progress:
    return Progress.start(giulia, "Counting", "count", total=total, job=jobs.count, args=(str(log),))


def forget_worker_of(process: Any) -> None:
    """As if its last sign of life were older than a lease."""
    Worker.objects.filter(pid=process.pid).update(seen_at=timezone.now() - claims.LEASE - timedelta(seconds=5))


def test_failed_job_is_tried_again_until_it_works(worker: Any, log: Path) -> None:
    jobs.stumble.enqueue(str(log), 2)
    worker()
    until(lambda: DBTaskResult.objects.filter(return_value="at last"))
    assert lines(log) == ["run"] * 3


def test_job_that_always_fails_ends_as_failed(worker: Any, log: Path) -> None:
    jobs.stumble.enqueue(str(log), 99)
    worker()
    failed = until(lambda: DBTaskResult.objects.filter(status="FAILED").first())
    assert failed.exception_class_path == "builtins.ValueError"
    assert lines(log) == ["run"] * 3


def test_rolled_back_act_leaves_no_job(worker: Any, log: Path) -> None:
    with transaction.atomic():
        jobs.note.enqueue(str(log), "kept")
    with transaction.atomic():
        jobs.note.enqueue(str(log), "never")
        transaction.set_rollback(True)
    assert worker(batch=True).wait(30) == 0
    assert lines(log) == ["kept"]


def test_killed_worker_loses_its_job_to_the_next(worker: Any, log: Path, giulia: User) -> None:
    progress = counting(giulia, log)
    first = worker()
    until(lambda: "at three" in lines(log))
    first.kill()
    first.wait()
    log.with_name("go").touch()
    # The dead process is of this machine, so nobody waits for its lease.
    assert worker(batch=True).wait(30) == 0
    progress.refresh_from_db()
    assert (progress.state, progress.done, progress.counts) == ("done", 6, {"new": 6})
    assert rows() == [0, 1, 2, 3, 4, 5]
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_frozen_worker_can_finish_nothing(worker: Any, log: Path, giulia: User) -> None:
    progress = counting(giulia, log)
    frozen = worker()
    until(lambda: "at three" in lines(log))
    frozen.send_signal(signal.SIGSTOP)
    forget_worker_of(frozen)
    second = worker()
    until(lambda: lines(log).count("at three") == 2)
    log.with_name("go").touch()
    until(lambda: Progress.objects.filter(pk=progress.pk, state="done"))
    ended = until(lambda: DBTaskResult.objects.filter(status="SUCCESSFUL").first())
    frozen.send_signal(signal.SIGCONT)
    frozen.terminate()
    assert frozen.wait(30) == 0
    second.terminate()
    assert second.wait(30) == 0
    assert rows() == [0, 1, 2, 3, 4, 5]
    progress.refresh_from_db()
    assert (progress.done, progress.counts) == (6, {"new": 6})
    after = DBTaskResult.objects.get()
    assert (after.finished_at, after.worker_ids) == (ended.finished_at, ended.worker_ids)


def test_worker_that_lost_its_job_can_not_store_an_atomic_one(house: None, log: Path) -> None:
    from fedele.tasks.running import Run, Stopped, running

    jobs.slowly_store.enqueue(str(log))
    row = DBTaskResult.objects.get()
    row.claim("first")
    old = claims.Claim.of(row)
    row.claim("second")
    with running(Run(claim=old)):
        assert jobs.slowly_store.call(str(log)) == {"stopped": "lost"}
    assert not Schedule.objects.exists()
    assert not old.succeed("late")
    with running(Run(claim=claims.Claim.of(row))):
        jobs.slowly_store.call(str(log))
    assert Schedule.objects.count() == 1
    assert Stopped.__base__ is BaseException


def test_job_that_kills_its_workers_is_set_aside(house: None, log: Path, giulia: User) -> None:
    progress = counting(giulia, log)
    row = DBTaskResult.objects.get()
    for number in range(claims.MAX_RUNS):
        row.claim(f"dead {number}")
        Progress.objects.filter(pk=progress.pk).update(task=row.pk, state="running")
        assert claims.recover() == 1
        row.refresh_from_db()
    progress.refresh_from_db()
    assert (row.status, progress.state) == ("FAILED", "failed")
    assert progress.error
    assert progress.resume()
    assert DBTaskResult.objects.filter(status="READY").count() == 1


def test_asked_to_end_it_lets_a_short_job_finish(worker: Any, log: Path) -> None:
    jobs.wait_then_say.enqueue(str(log))
    process = worker()
    until(lambda: "began" in lines(log))
    process.terminate()
    log.with_name("go").touch()
    assert process.wait(30) == 0
    assert lines(log) == ["began", "ended"]
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
    assert not Worker.objects.exists()


def test_what_does_not_finish_in_time_is_given_back(worker: Any, log: Path) -> None:
    jobs.wait_then_say.enqueue(str(log))
    process = worker(grace=1)
    until(lambda: "began" in lines(log))
    process.terminate()
    assert process.wait(30) == 0
    assert DBTaskResult.objects.get().status == "READY"
    assert lines(log) == ["began"]


def test_asked_twice_it_gives_the_job_back(worker: Any, log: Path) -> None:
    jobs.wait_then_say.enqueue(str(log))
    process = worker()
    until(lambda: "began" in lines(log))
    process.terminate()
    until(lambda: DBTaskResult.objects.filter(status="READY") or process.terminate())
    assert process.wait(30) == 0
    row = DBTaskResult.objects.get()
    assert (row.status, row.worker_ids) == ("READY", [])
    assert lines(log) == ["began"]


def test_asked_to_end_a_long_job_goes_back_at_its_next_batch(worker: Any, log: Path, giulia: User) -> None:
    progress = counting(giulia, log)
    process = worker()
    until(lambda: "at three" in lines(log))
    process.terminate()
    log.with_name("look").touch()
    assert process.wait(30) == 0
    progress.refresh_from_db()
    assert (progress.state, progress.done, rows()) == ("waiting", 3, [0, 1, 2])
    log.with_name("go").touch()
    assert worker(batch=True).wait(30) == 0
    progress.refresh_from_db()
    assert (progress.state, progress.result_url, rows()) == ("done", "/done/", [0, 1, 2, 3, 4, 5])


def test_pause_stops_and_resume_goes_on_from_there(worker: Any, log: Path, giulia: User) -> None:
    progress = counting(giulia, log)
    process = worker()
    until(lambda: "at three" in lines(log))
    assert progress.pause()
    log.with_name("go").touch()
    until(lambda: DBTaskResult.objects.filter(return_value={"stopped": "paused"}))
    progress.refresh_from_db()
    assert (progress.state, progress.done, rows()) == ("paused", 3, [0, 1, 2])
    assert progress.resume()
    assert not progress.resume()
    until(lambda: Progress.objects.filter(pk=progress.pk, state="done"))
    assert rows() == [0, 1, 2, 3, 4, 5]
    process.terminate()
    assert process.wait(30) == 0


def test_cancel_stores_nothing_more(worker: Any, log: Path, giulia: User) -> None:
    progress = counting(giulia, log)
    worker()
    until(lambda: "at three" in lines(log))
    assert progress.cancel()
    log.with_name("go").touch()
    until(lambda: DBTaskResult.objects.filter(return_value={"stopped": "cancelled"}))
    progress.refresh_from_db()
    assert (progress.state, progress.done, rows()) == ("cancelled", 3, [0, 1, 2])
    assert not progress.resume()
    assert not progress.pause()
