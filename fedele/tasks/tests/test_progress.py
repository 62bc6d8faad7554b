"""What a progress row says, and who may hold it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from fedele.access.models import User
from fedele.tasks.checks import schedule_names_jobs
from fedele.tasks.models import Progress
from fedele.tasks.progress import progress_ended, running_for
from fedele.tasks.running import Stopped

pytestmark = pytest.mark.django_db


@pytest.fixture
def giulia() -> User:
    return User.objects.create_user("giulia@example.com", language="en")


def started(giulia: User, **more: Any) -> Progress:
    return Progress.start(giulia, "Import of fairs.csv", "import", **{"total": 10, **more})


def test_counts_add_up_and_are_stored(giulia: User) -> None:
    with Progress.working(started(giulia).pk) as progress:
        progress.advance(4, new=3, problems=1)
        progress.advance(6, new=6)
        progress.finish({"updated": 2}, url="/imports/1/")
    stored = Progress.objects.get()
    assert (stored.state, stored.done, stored.percent) == ("done", 10, 100)
    assert stored.counts == {"new": 9, "problems": 1, "updated": 2}
    assert stored.result_url == "/imports/1/"
    assert stored.counted[0] == ("New", 9)


def test_a_rolled_back_batch_is_not_counted(giulia: User) -> None:
    with Progress.working(started(giulia).pk) as progress:
        progress.advance(4, new=4)
        with transaction.atomic():
            progress.advance(3, new=3)
            transaction.set_rollback(True)
        progress.advance(1, new=1)
    stored = Progress.objects.get()
    assert (stored.done, stored.counts) == (5, {"new": 5})


def test_taken_up_by_another_the_first_can_not_go_on(giulia: User) -> None:
    pk = started(giulia).pk
    first, second = Progress.take(pk), Progress.take(pk)
    with pytest.raises(Stopped) as stopped:
        first.advance(1)
    assert stopped.value.reason == "lost"
    with pytest.raises(Stopped):
        first.fail("too late")
    second.advance(1)
    assert Progress.objects.get().done == 1


def test_one_that_is_over_is_not_taken_up(giulia: User) -> None:
    progress = started(giulia)
    progress.cancel()
    with pytest.raises(Stopped) as stopped:
        Progress.take(progress.pk)
    assert stopped.value.reason == "cancelled"


def test_error_is_told_in_the_users_words(giulia: User) -> None:
    with pytest.raises(ZeroDivisionError), Progress.working(started(giulia).pk):
        1 / 0  # noqa: B018
    stored = Progress.objects.get()
    assert stored.state == "failed"
    assert stored.error.startswith("Something went wrong on our side.")


def test_end_is_announced_once(giulia: User) -> None:
    heard = []

    def hear(progress: Progress, **_kwargs: Any) -> None:
        heard.append(progress.state)

    progress_ended.connect(hear)
    try:
        with Progress.working(started(giulia).pk) as progress:
            progress.finish()
            assert not progress.cancel()
    finally:
        progress_ended.disconnect(hear)
    assert heard == ["done"]


def test_speed_and_time_left_need_work_done(giulia: User) -> None:
    progress = started(giulia)
    assert (progress.per_second, progress.remaining) == (None, None)
    progress.done, progress.active = 4, 2.0
    assert (progress.per_second, progress.remaining, progress.percent) == (2.0, 3.0, 40)
    progress.total = None
    assert (progress.remaining, progress.percent) == (None, None)


def test_pill_shows_own_open_jobs(giulia: User, django_capture_on_commit_callbacks: Any) -> None:
    luca = User.objects.create_user("luca@example.com")
    with django_capture_on_commit_callbacks(execute=True):
        progress = started(giulia)
    assert (running_for(giulia), running_for(luca)) == ([progress], [])
    with django_capture_on_commit_callbacks(execute=True):
        progress.cancel()
    assert running_for(giulia) == []


def test_schedule_names_jobs() -> None:
    assert schedule_names_jobs() == []
