"""Announced ahead and once: over the change of the clocks, by several workers, after a worker was down."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from fedele.base.tests.sharing import all_at_once
from fedele.calendar.activities import asking, reminding
from fedele.calendar.models import Activity
from fedele.demo.cast import install
from fedele.notices.models import Notice

DUE = 6


@pytest.mark.parametrize(
    ("day", "at", "remind", "expected"),
    [
        # An hour that does not exist is the next one that does; one that comes twice is its first.
        ("2027-03-28", "02:30", "0", "2027-03-28T01:30:00+00:00"), ("2027-10-31", "02:30", "0", "2027-10-31T00:30:00+00:00"),
        ("2027-03-28", "09:00", "1440", "2027-03-27T08:00:00+00:00"), ("2027-03-28", "03:30", "60", "2027-03-28T00:30:00+00:00"),
        ("2027-07-01", "", "60", "2027-07-01T06:00:00+00:00"),
    ],
)  # fmt: skip
def test_the_moment_of_a_reminder(day: str, at: str, remind: str, expected: str, giulia: Any, plan: Any) -> None:
    one = plan(giulia, due_on=dt.date.fromisoformat(day), due_at=at, remind=remind)
    assert one.remind_at.isoformat() == expected


def test_a_weekly_meeting_keeps_its_hour_over_the_change_of_the_clocks(giulia: Any, plan: Any) -> None:
    one = plan(giulia, due_on=dt.date(2027, 3, 24), due_at="09:00", repeats="weekly", remind="0")
    following = one._come_again()
    assert (following.due_on, following.due_at) == (dt.date(2027, 3, 31), "09:00")
    assert (one.remind_at.hour, following.remind_at.hour) == (8, 7)


@pytest.mark.usefixtures("shared_database")
def test_several_workers_tell_each_once() -> None:
    giulia, luca = (install(password="")[name] for name in ("giulia", "luca"))
    past = timezone.now() - dt.timedelta(minutes=2)
    for number in range(DUE):
        Activity(subject=f"A{number}", owner=giulia, due_on=timezone.localdate(), remind="0").save()
    Activity.objects.update(remind_at=past, press_at=past, asked_by=luca, asked_at=past)

    def work(n: int) -> None:
        reminding.remind.call()
        asking.press.call()

    all_at_once(work, 4)
    for kind in ("activity.reminder", "activity.pressed"):
        assert Notice.objects.filter(kind=kind).count() == DUE
