"""The schedule: due once, whoever ticks; made up for once; right over daylight saving."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from fedele.tasks.tests.conftest import _swapped
from fedele.tasks.ticking import next_after, tick

NIGHTLY = {"fedele.tasks.tests.jobs.nightly": "0 3 * * *"}
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def test_four_schedulers_enqueue_a_due_job_once(house: None, shared_database: Any) -> None:
    assert tick(NOON, NIGHTLY) == []
    start = threading.Barrier(4)

    def scheduler() -> None:
        with _swapped_here(shared_database):
            start.wait()
            tick(NOON + timedelta(days=1), NIGHTLY)

    threads = [threading.Thread(target=scheduler) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert DBTaskResult.objects.count() == 1


class _swapped_here(_swapped):  # noqa: N801 - as its parent
    """A thread has connections of its own."""

    def __enter__(self) -> None:
        super().__enter__()

    def __init__(self, shared: Any) -> None:
        super().__init__(shared["settings"])


def test_what_was_due_while_nobody_ticked_runs_once(house: None) -> None:
    tick(NOON, NIGHTLY)
    assert tick(NOON + timedelta(days=9), NIGHTLY) == list(NIGHTLY)
    assert tick(NOON + timedelta(days=9, minutes=1), NIGHTLY) == []
    assert tick(NOON + timedelta(days=10), NIGHTLY) == list(NIGHTLY)


def test_clock_set_back_runs_nothing_twice(house: None) -> None:
    tick(NOON, NIGHTLY)
    assert tick(NOON + timedelta(days=1), NIGHTLY) == list(NIGHTLY)
    assert tick(NOON + timedelta(hours=-2), NIGHTLY) == []
    assert tick(NOON + timedelta(days=1, hours=1), NIGHTLY) == []


def test_new_time_counts_from_now(house: None) -> None:
    tick(NOON, NIGHTLY)
    often = {"fedele.tasks.tests.jobs.nightly": "* * * * *"}
    assert tick(NOON, often) == []
    assert tick(NOON + timedelta(minutes=1), often) == list(often)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        # 02:30 does not exist on the last Sunday of March, and comes twice on that of October.
        (datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 26, 1, 30, tzinfo=UTC)),
    ],
)
def test_half_past_two_over_daylight_saving(now: datetime, due: datetime, settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Rome"
    assert next_after("30 2 * * *", now) == due
