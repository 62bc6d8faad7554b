from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from fedele.calendar.activities import asking
from fedele.calendar.models import Activity
from fedele.journal.acting import act_as
from fedele.journal.models import Batch, Entry
from fedele.notices.models import Notice
from fedele.people.assignment.presence import Absence
from fedele.records.undo import undo_entry
from fedele.setup.users.keeping import deactivate

TODAY = timezone.localdate()


@pytest.fixture
def asked(chiara: Any, giulia: Any, plan: Any) -> Activity:
    """Chiara of service asked Giulia."""
    with act_as(chiara, door="screen"):
        activity = Activity(subject="Chiamare la Rossi", owner=giulia, due_on=TODAY)
        activity.save()
    activity.refresh_from_db()
    return activity


def late(activity: Activity) -> None:
    Activity.objects.filter(pk=activity.pk).update(press_at=timezone.now() - dt.timedelta(minutes=1))


def told(kind: str) -> list[Any]:
    return [notice.user for notice in Notice.objects.filter(kind=kind).order_by("id")]


def test_not_seen_for_a_day_it_is_told_once_more(asked: Activity, giulia: Any) -> None:
    assert asked.press_at - asked.asked_at == dt.timedelta(hours=24)
    assert asking.press.call() == 0
    late(asked)
    assert (asking.press.call(), asking.press.call(), told("activity.pressed")) == (1, 0, [giulia])
    assert "Chiara" in Notice.objects.get(kind="activity.pressed").data["asker"]


def test_seen_in_time_it_is_not(asked: Activity, giulia: Any) -> None:
    with act_as(giulia, door="screen"):
        asked.acknowledge()
    asked.refresh_from_db()
    assert asked.press_at is None


def test_a_worker_that_was_down_tells_it_later_and_once(asked: Activity, giulia: Any) -> None:
    Activity.objects.filter(pk=asked.pk).update(press_at=timezone.now() - dt.timedelta(days=9))
    assert (asking.press.call(), asking.press.call(), told("activity.pressed")) == (1, 0, [giulia])


def test_who_stands_in_hears_of_it_and_may_take_it_over(
    chiara: Any, giulia: Any, luca: Any, marco: Any, client: Any
) -> None:
    Absence.objects.create(user=giulia, first_day=TODAY, last_day=TODAY, substitute=luca)
    with act_as(chiara, door="screen"):
        activity = Activity(subject="Chiamare la Rossi", owner=giulia)
        activity.save()
    assert (told("activity.asked"), told("activity.stand_in")) == ([giulia], [luca])
    client.force_login(marco)
    assert client.post(f"/activities/{activity.pk}/seen/").status_code == 404
    client.force_login(luca)
    assert "Me ne occupo io" in client.get(f"/activities/{activity.pk}/").content.decode()
    assert client.post(f"/activities/{activity.pk}/seen/").status_code == 302
    activity.refresh_from_db()
    assert (activity.owner, activity.asked_by, activity.is_unseen, told("activity.seen")) == (
        luca,
        chiara,
        False,
        [chiara],
    )
    undo_entry(Entry.objects.get(kind="activity.stepped_in"), luca)
    activity.refresh_from_db()
    assert (activity.owner, activity.asked_by, activity.is_unseen) == (giulia, chiara, True)


def test_from_who_left_it_goes_back_to_who_asked(
    asked: Activity, chiara: Any, giulia: Any, sara: Any, plan: Any
) -> None:
    own = plan(giulia)
    with act_as(sara, door="screen"):
        deactivate(giulia)
    asking.give_back.call(giulia.pk)
    asked.refresh_from_db()
    own.refresh_from_db()
    assert (asked.owner, asked.asked_by, told("activity.came_back"), own.owner) == (chiara, None, [chiara], giulia)
    assert asking.give_back.call(giulia.pk) == 0


def test_killed_before_it_could_go_back_it_goes_back_at_the_next_turn(
    asked: Activity, chiara: Any, giulia: Any
) -> None:
    giulia.is_active = False
    giulia.save()
    late(asked)
    assert (asking.press.call(), asking.press.call(), told("activity.came_back")) == (1, 0, [chiara])


def test_both_sides_have_their_list(asked: Activity, chiara: Any, giulia: Any, client: Any) -> None:
    for user, view, there in ((giulia, "asked", True), (chiara, "waiting", True), (giulia, "waiting", False)):
        client.force_login(user)
        assert ("Chiamare la Rossi" in client.get(f"/activities/?view={view}").content.decode()) is there
    client.force_login(giulia)
    client.post(f"/activities/{asked.pk}/seen/")
    assert "Chiamare la Rossi" not in client.get("/activities/?view=asked").content.decode()


def test_the_page_says_who_asked_of_which_department_and_for_how_long(
    asked: Activity, giulia: Any, client: Any
) -> None:
    Activity.objects.filter(pk=asked.pk).update(asked_at=timezone.now() - dt.timedelta(days=3))
    client.force_login(giulia)
    page = client.get(f"/activities/{asked.pk}/").content.decode()
    assert f"{asked.asked_by} ({asked.asked_by.team})" in page
    assert "3 giorni fa" in page


def test_a_thousand_handed_over_in_one_act_are_all_told(giulia: Any, chiara: Any, plan: Any) -> None:
    batch = Batch.objects.create(kind="act", actor=chiara)
    with act_as(chiara, door="screen", batch=batch):
        for number in range(30):
            Activity(subject=f"Cliente {number}", owner=giulia).save()
    assert len(told("activity.asked")) == 30
    Activity.objects.update(press_at=timezone.now() - dt.timedelta(hours=1))
    assert asking.press.call() == 30


def test_who_is_given_something_reads_that_it_is_asked_of_them(giulia: Any, luca: Any) -> None:
    with act_as(luca, door="screen"):
        activity = Activity(subject="Ring Bianchi", owner=luca)
        activity.save()
        activity.hand_over(giulia)
    assert list(Notice.objects.filter(user=giulia).values_list("kind", flat=True)) == ["activity.asked"]
