"""A series on the calendar: its days to come are there, one is moved alone or with all that follow, left out, or the last."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from icalendar import Calendar

from fedele.calendar.feeds.models import Feed
from fedele.calendar.models import Activity
from fedele.calendar.planner.happenings import happenings
from fedele.journal.acting import act_as
from fedele.journal.models import Batch
from fedele.records.undo import undo_batch

TODAY = timezone.localdate()
MONDAY = TODAY + dt.timedelta(days=7 - TODAY.weekday())
WEEK = dt.timedelta(weeks=1)


@pytest.fixture
def meeting(giulia: Any, plan: Any) -> Activity:
    return plan(giulia, subject="Riunione", due_on=MONDAY, due_at="09:00", minutes=60, repeats="weekly", remind="10")


def days(user: Any, owner: Any, weeks: int = 5) -> list[tuple[str, str, bool]]:
    found, _more = happenings(user, [owner], MONDAY, MONDAY + weeks * WEEK)
    return [(str(one.day), one.at, one.pk is None) for one in found]


def said(activity: Activity, **values: Any) -> dict[str, Any]:
    return {"at": "09:00", "minutes": 60, "owner": activity.owner_id, "version": activity.version, **values}


def test_the_days_to_come_are_on_the_calendar_until_its_end(giulia: Any, meeting: Activity) -> None:
    with act_as(giulia):
        meeting.put({"repeats_until": MONDAY + 3 * WEEK, "skips": [str(MONDAY + 2 * WEEK)]})
        meeting.save()
    assert days(giulia, giulia) == [
        (str(MONDAY), "09:00", False), (str(MONDAY + WEEK), "09:00", True), (str(MONDAY + 3 * WEEK), "09:00", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        ("this", [(0, "09:00", False), (7, "09:00", True), (16, "11:00", False), (21, "09:00", True)]),
        ("following", [(0, "09:00", False), (7, "09:00", True), (16, "11:00", False), (23, "11:00", True)]),
    ],
)
def test_a_day_to_come_is_moved_alone_or_with_all_that_follow(
    which: str, expected: list[Any], giulia: Any, meeting: Activity, client: Any
) -> None:
    client.force_login(giulia)
    before = days(giulia, giulia, 3)
    address = f"/calendar/series/{meeting.pk}/{MONDAY + 2 * WEEK}/"
    assert f'value="{MONDAY + 2 * WEEK}"' in client.get(address).content.decode()
    moved = said(meeting, day=MONDAY + dt.timedelta(days=16), at="11:00", which=which)
    assert client.post(address, moved, headers={"HX-Request": "true"}).status_code == 200
    in_days = [(str(MONDAY + dt.timedelta(days=n)), at, shadow) for n, at, shadow in expected]
    assert days(giulia, giulia, 4)[:4] == in_days
    undo_batch(Batch.objects.latest("pk"), giulia)
    assert days(giulia, giulia, 3) == before


@pytest.mark.parametrize(("which", "then"), [("this", 7), ("following", 8)])
def test_the_planned_one_is_moved_alone_or_with_all_that_follow(
    which: str, then: int, giulia: Any, meeting: Activity, client: Any
) -> None:
    client.force_login(giulia)
    address, moved = f"/calendar/move/{meeting.pk}/", said(meeting, day=MONDAY + dt.timedelta(days=1))
    unsaid = client.post(address, moved, headers={"HX-Request": "true"})
    assert (unsaid.status_code, "Fa parte di una serie" in unsaid.content.decode()) == (422, True)
    assert client.post(address, {**moved, "which": which}, headers={"HX-Request": "true"}).status_code == 200
    found = [(day, at) for day, at, _shadow in days(giulia, giulia, 1)]
    assert found[:2] == [(str(MONDAY + dt.timedelta(days=n)), "09:00") for n in (1, then)][: len(found[:2])]
    undo = Batch.objects.last()
    if which == "this":
        undo_batch(undo, giulia)
        assert [day for day, _at, _shadow in days(giulia, giulia, 1)] == [str(MONDAY), str(MONDAY + WEEK)]


@pytest.mark.parametrize(("act", "left"), [("leave_out", [0, 14, 21]), ("end", [0])])
def test_a_day_is_left_out_or_is_the_end(
    act: str, left: list[int], giulia: Any, meeting: Activity, client: Any
) -> None:
    client.force_login(giulia)
    address = f"/calendar/series/{meeting.pk}/{MONDAY + WEEK}/"
    assert client.post(address, {"act": act}, headers={"HX-Request": "true"}).status_code == 200
    assert [day for day, _at, _shadow in days(giulia, giulia, 3)] == [str(MONDAY + dt.timedelta(n)) for n in left]
    assert client.post(address, {"act": act}).status_code == 404


def test_what_is_no_day_of_it_or_not_mine_is_not_there(
    giulia: Any, luca: Any, eva: Any, meeting: Activity, client: Any
) -> None:
    client.force_login(giulia)
    for day in (str(MONDAY), str(MONDAY + dt.timedelta(days=1)), "2026-99-99", "x"):
        assert client.get(f"/calendar/series/{meeting.pk}/{day}/").status_code == 404
    client.force_login(eva)
    assert client.get(f"/calendar/series/{meeting.pk}/{MONDAY + WEEK}/").status_code == 404


def test_done_the_next_one_is_planned_past_what_is_left_out(giulia: Any, meeting: Activity) -> None:
    with act_as(giulia):
        meeting.leave_out(MONDAY + WEEK)
        again = meeting.complete()
    assert (again.due_on, again.due_at, again.repeats, again.previous) == (
        MONDAY + 2 * WEEK,
        "09:00",
        "weekly",
        meeting,
    )
    assert [day for day, _at, shadow in days(giulia, giulia, 3) if shadow] == [str(MONDAY + 3 * WEEK)]


def test_ended_nothing_comes_after_it(giulia: Any, meeting: Activity) -> None:
    with act_as(giulia):
        meeting.end_series()
        assert meeting.complete() is None
    assert days(giulia, giulia) == [(str(MONDAY), "09:00", False)]


@pytest.mark.parametrize(
    ("first", "repeats", "expected"),
    [
        ("2027-01-31", "monthly", ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]),
        ("2028-02-29", "yearly", ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28"]),
        ("2027-05-03", "daily", ["2027-05-03", "2027-05-04", "2027-05-05", "2027-05-06"]),
    ],
)
def test_other_programs_show_the_same_days(
    first: str, repeats: str, expected: list[str], giulia: Any, plan: Any
) -> None:
    from dateutil.rrule import rrulestr

    from fedele.calendar.ics.writing import calendar_of, event_of

    one = plan(giulia, due_on=dt.date.fromisoformat(first), repeats=repeats)
    coming = one.coming_days()
    assert [first, *(str(next(coming)) for _n in range(3))] == expected
    (event,) = Calendar.from_ical(calendar_of([event_of(one, title="x")])).walk("VEVENT")
    rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=dt.datetime.fromisoformat(first))
    assert [str(rule[n].date()) for n in range(4)] == expected


def test_the_feed_carries_the_series_and_what_is_left_out(giulia: Any, meeting: Activity, client: Any) -> None:
    with act_as(giulia):
        meeting.put({"repeats_until": MONDAY + 3 * WEEK})
        meeting.leave_out(MONDAY + WEEK)
    content = client.get(f"/calendar/feed/{Feed.make(giulia, with_names=True)[1]}.ics").content
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert (event["rrule"]["FREQ"], event["exdate"].dts[0].dt.isoformat()[:16]) == (
        ["WEEKLY"],
        f"{MONDAY + WEEK}T09:00",
    )
    assert timezone.localtime(event["rrule"]["UNTIL"][0]).date() == MONDAY + 3 * WEEK


def test_of_a_colleagues_private_series_the_hours_to_come_are_taken(giulia: Any, luca: Any, plan: Any) -> None:
    plan(luca, subject="Fisioterapia", due_on=MONDAY, due_at="18:00", minutes=45, repeats="weekly", private=True)
    found, _more = happenings(giulia, [luca], MONDAY, MONDAY + WEEK)
    assert [(one.day, one.title, one.at, one.minutes, one.url) for one in found] == [
        (MONDAY, "Occupato", "18:00", 45, ""), (MONDAY + WEEK, "Occupato", "18:00", 45, ""),
    ]  # fmt: skip
