"""What lasts several days has a first day and a last one, wherever it stands."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from fedele.calendar.activities.spanning import over_before
from fedele.calendar.distribution.waiting import pile_of
from fedele.calendar.models import Activity
from fedele.calendar.planner.happenings import happenings
from fedele.journal.acting import act_as
from fedele.journal.models import Entry

TODAY = timezone.localdate()
MONDAY = TODAY + dt.timedelta(days=7 - TODAY.weekday())


def on(n: int) -> dt.date:
    return MONDAY + dt.timedelta(days=n)


@pytest.fixture
def fair(giulia: Any, plan: Any) -> Activity:
    return plan(giulia, subject="Fiera di Bologna", due_on=on(3), due_at="10:00", until_on=on(8), until_at="17:30")


def test_it_is_on_every_day_of_each_week_it_touches(giulia: Any, fair: Activity, client: Any) -> None:
    for first, last, days in ((0, 6, 4), (7, 13, 2), (14, 20, 0)):
        found, _more = happenings(giulia, [giulia], on(first), on(last))
        assert sum(len(one.days(on(first), on(last))) for one in found) == days
    (one,) = happenings(giulia, [giulia], on(7), on(7))[0]
    assert (one.begins.date(), one.ends.date(), one.is_whole_days, one.hours) == (on(3), on(9), True, "10:00 – 17:30")
    client.force_login(giulia)
    assert client.get(f"/calendar/?view=list&day={on(7)}").content.decode().count("Fiera di Bologna</a>") == 2


def test_moved_it_lasts_as_long_and_its_end_can_be_pulled(giulia: Any, fair: Activity, client: Any) -> None:
    client.force_login(giulia)
    said = {"day": on(4), "at": "10:00", "owner": giulia.pk, "version": fair.version}
    for further, expected in (
        ({}, (on(4), on(9), "17:30")),
        ({"until": on(5)}, (on(4), on(5), "17:30")),
        ({"until": ""}, (on(4), None, "")),
    ):
        answer = client.post(f"/calendar/move/{fair.pk}/", {**said, **further}, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        fair.refresh_from_db()
        said["version"] = fair.version
        assert (fair.due_on, fair.until_on, fair.until_at) == expected
    wrong = client.post(f"/calendar/move/{fair.pk}/", {**said, "until": on(2)}, headers={"HX-Request": "true"})
    assert (wrong.status_code, "Non può finire prima di cominciare." in wrong.content.decode()) == (422, True)


def test_postponed_it_lasts_as_long(giulia: Any, fair: Activity) -> None:
    with act_as(giulia):
        fair.postpone(on(10))
    assert (fair.due_on, fair.until_on) == (on(10), on(15))


def test_it_is_late_when_its_last_day_is_over(giulia: Any, plan: Any) -> None:
    begun = TODAY - dt.timedelta(days=2)
    assert plan(giulia, due_on=begun, until_on=TODAY).is_late is False
    assert plan(giulia, due_on=begun, until_on=TODAY - dt.timedelta(days=1)).is_late is True


def test_overdue_is_the_same_wherever_it_is_counted(giulia: Any, luca: Any, plan: Any, client: Any) -> None:
    """By the last day: of the list, of the leader's side of Today, of what is handed out."""
    begun, yesterday = TODAY - dt.timedelta(days=3), TODAY - dt.timedelta(days=1)
    plan(giulia, subject="Fiera in corso", due_on=begun, until_on=TODAY)
    plan(giulia, subject="Fiera a metà", due_on=begun, until_on=TODAY + dt.timedelta(days=2))
    late = [plan(giulia, subject="Fiera finita", due_on=begun, until_on=yesterday), plan(giulia, due_on=yesterday)]
    plan(giulia, subject="Senza giorno")
    assert set(Activity.objects.filter(over_before(TODAY))) == set(late)
    assert set(pile_of(luca, "late")) == set(late)
    client.force_login(luca)
    page = client.get("/activities/?view=late").content.decode()
    assert [name for name in ("in corso", "a metà", "finita") if f"Fiera {name}" in page] == ["finita"]
    team = client.get("/today/block/team_load/").content.decode()
    opened = f"/activities/?edited=1&amp;f=owner.in:{giulia.pk}&amp;f=state.in:planned&amp;f=ends_on.before:today&amp;sort=ends_on"
    assert f'href="{opened}">2</a>' in team


def test_its_end_is_kept_whatever_way_it_is_written(giulia: Any, plan: Any) -> None:
    one = plan(giulia, due_on=on(0))
    ends = lambda: Activity.objects.values_list("ends_on", flat=True).get(pk=one.pk)  # noqa: E731
    assert (ends(), one.ends_on) == (on(0), on(0))
    with act_as(giulia):
        one.until_on = on(2)
        one.save()
        assert (one.ends_on, ends()) == (on(2), on(2))
        Activity.objects.filter(pk=one.pk).bulk_change(until_on=on(4))
        assert ends() == on(4)
        Activity.objects.get(pk=one.pk).postpone(on(7))
    assert ends() == on(11)
    Activity.objects.filter(pk=one.pk).update(due_on=None, until_on=None)
    assert ends() is None
    assert set(Entry.objects.filter(record_id=one.pk, kind="activity.postponed").get().changes) == {
        "due_on",
        "until_on",
    }


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"due_on": on(1), "until_on": on(0)}, "until_on"), ({"until_on": on(0)}, "due_on"),
        ({"due_on": on(1), "until_at": "9"}, "until_on"), ({"due_on": on(1), "until_on": on(400)}, "until_on"),
    ],
)  # fmt: skip
def test_an_end_that_cannot_be_says_so_at_its_field(values: dict[str, Any], field: str, giulia: Any) -> None:
    with pytest.raises(ValidationError) as wrong:
        Activity(kind="task", subject="x", owner=giulia, **values).clean()
    assert list(wrong.value.message_dict) == [field]


def test_the_same_day_twice_is_a_length(giulia: Any, plan: Any) -> None:
    one = plan(giulia, due_on=on(0), due_at="09:00", until_on=on(0), until_at="11:30", minutes=15)
    assert (one.spans, one.length) == (False, 150)
    with act_as(giulia):
        one.move_to(on(1), "10:00", 60)
    assert (one.until_on, one.until_at, one.length) == (None, "", 60)
