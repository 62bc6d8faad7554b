from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.utils import timezone

from fedele.access.models import Role
from fedele.calendar.distribution.free import Slot, Taken, taken_by
from fedele.calendar.distribution.loads import loads_of
from fedele.calendar.hours.times import Times
from fedele.calendar.hours.week import Week
from fedele.calendar.models import Activity
from fedele.journal.models import Batch
from fedele.notices.models import Notice
from fedele.people.assignment.presence import Absence
from fedele.people.models import Lead
from fedele.records.undo import undo_batch

MONDAY = dt.date(2026, 11, 30)
#: From eight to six with an hour's pause, from Monday to Friday.
WEEK = Week((*[((480, 780), (840, 1080))] * 5, (), ()))


@pytest.mark.parametrize(
    ("spans", "minutes", "after", "expected"),
    [
        ([], 30, 0, Slot(MONDAY, "08:00")), ([(480, 600)], 30, 0, Slot(MONDAY, "10:00")), ([(480, 610)], 30, 0, Slot(MONDAY, "10:30")),
        ([(480, 540), (570, 780)], 60, 0, Slot(MONDAY, "14:00")), ([], 30, 12 * 60 + 40, Slot(MONDAY, "14:00")),
        ([(480, 780), (840, 1080)], 30, 0, Slot(MONDAY + dt.timedelta(days=1), "08:00")), ([], 300, 0, Slot(MONDAY, "08:00")),
        ([(540, 570)], 300, 0, None), ([], 600, 0, Slot(MONDAY, "08:00")), ([], 660, 0, None),
    ],
)  # fmt: skip
def test_the_first_free_hour(spans: Any, minutes: int, after: int, expected: Any) -> None:
    days = [MONDAY + dt.timedelta(days=n) for n in range(14)]
    every = {(1, day): spans for day in (days if expected is None else [MONDAY])}
    assert Taken(every, {}, Times(house=WEEK)).first_free(1, MONDAY, minutes, after) == expected


def test_not_at_the_weekend_and_not_when_away(giulia: Any) -> None:
    friday = MONDAY - dt.timedelta(days=3)
    Absence.objects.create(user=giulia, first_day=friday, last_day=MONDAY)
    taken = taken_by([giulia.pk], friday, friday + dt.timedelta(days=14))
    assert taken.first_free(giulia.pk, friday, 30) == Slot(MONDAY + dt.timedelta(days=1), "09:00")


def test_how_much_each_has_counts_what_one_may_see(
    giulia: Any, luca: Any, plan: Any, django_assert_num_queries: Any
) -> None:
    plan(giulia, due_on=MONDAY, due_at="09:00", minutes=45)
    plan(giulia, due_on=MONDAY)
    plan(giulia, due_on=MONDAY + dt.timedelta(days=3), minutes=120)
    plan(giulia, due_on=MONDAY + dt.timedelta(days=7), minutes=120)
    assert luca.rights.may("view", "activity")
    with django_assert_num_queries(9):
        load = loads_of([giulia], luca, MONDAY, 30)[0]
    assert (load.day, load.day_minutes, load.week, load.week_minutes, load.is_away) == (2, 45, 3, 165, False)
    role = Role.objects.get(key="sales_rep")
    role.rights = {**role.rights, "activity": {**role.rights["activity"], "view": "own"}}
    role.save()
    plan(luca, due_on=MONDAY, due_at="08:00", minutes=60)
    giulia.__dict__.pop("rights", None)
    load = loads_of([luca], giulia, MONDAY, 30)[0]
    assert (load.day, load.week, load.free) == (0, 0, Slot(MONDAY, "09:00"))


def test_several_days_and_series_to_come_count_where_they_are(giulia: Any, luca: Any, plan: Any) -> None:
    plan(giulia, due_on=MONDAY - dt.timedelta(days=7), due_at="09:00", minutes=30, repeats="weekly")
    plan(
        giulia,
        due_on=MONDAY + dt.timedelta(days=1),
        due_at="16:00",
        until_on=MONDAY + dt.timedelta(days=3),
        until_at="10:00",
    )
    load = loads_of([giulia], luca, MONDAY + dt.timedelta(days=2), 30)[0]
    # Half an hour of the series; two hours on Tuesday, eight on Wednesday, one on Thursday.
    assert (load.day, load.day_minutes, load.week, load.week_minutes) == (1, 480, 2, 30 + 120 + 480 + 60)
    assert load.free == Slot(MONDAY + dt.timedelta(days=3), "10:00")
    assert taken_by([giulia.pk], MONDAY, MONDAY).spans == {(giulia.pk, MONDAY): [(540, 570)]}


def test_beside_the_form_conflicts_are_told_and_nothing_is_forbidden(
    giulia: Any, luca: Any, plan: Any, client: Any
) -> None:
    one = plan(giulia, due_on=MONDAY, due_at="09:00", minutes=60, subject="Riservatissimo")
    Absence.objects.create(user=luca, first_day=MONDAY, last_day=MONDAY)
    client.force_login(luca)
    asked = {"owner": giulia.pk, "due_on": "2026-11-30", "due_at": "9.30", "minutes": "30"}
    page = client.get("/calendar/load/", asked).content.decode()
    assert f"{giulia} ha già un impegno a quell’ora: 09:00–10:00." in page
    assert "Riservatissimo" not in page
    assert "09:00–10:00" not in client.get("/calendar/load/", {**asked, "of": one.pk}).content.decode()
    assert "non c’è quel giorno" in client.get("/calendar/load/", {**asked, "owner": luca.pk}).content.decode()
    said = {"kind": "call", "subject": "Sentire", "due_on": "2026-11-30", "due_at": "09:30", "owner": giulia.pk}
    assert client.post("/calendar/new/", said, headers={"HX-Request": "true"}).status_code == 200


@pytest.mark.parametrize(
    "data", ["owner=x", "due_on=never&due_at=99", "minutes=99999999", "of=1&owner=999999", "value=-1", ""]
)
def test_half_typed_is_no_failure(data: str, giulia: Any, eva: Any, client: Any) -> None:
    client.force_login(giulia)
    assert client.get(f"/calendar/load/?{data}").status_code == 200
    client.force_login(eva)
    assert client.get(f"/calendar/load/?{data}").status_code == 403


@pytest.mark.parametrize("url", ["/activities/new/", "/activities/quick/", "/calendar/new/"])
def test_the_forms_ask_for_it(url: str, giulia: Any, client: Any) -> None:
    client.force_login(giulia)
    assert client.get(url, headers={"HX-Request": "true"}).content.decode().count('hx-get="/calendar/load/') == 1


def test_so_do_the_dialogs(giulia: Any, plan: Any, client: Any) -> None:
    one = plan(giulia, due_on=MONDAY)
    client.force_login(giulia)
    for url in (f"/activities/{one.pk}/do/hand_over/", f"/calendar/move/{one.pk}/"):
        page = client.get(url, headers={"HX-Request": "true"}).content.decode()
        assert page.count(f'hx-get="/calendar/load/?of={one.pk}"') == 1
    bulk = client.post("/activities/bulk/assign/", {"ids": str(one.pk)}, headers={"HX-Request": "true"})
    assert bulk.content.decode().count('hx-get="/calendar/load/"') == 1


def test_handed_out_in_one_step_and_taken_back_as_one(giulia: Any, luca: Any, plan: Any, client: Any) -> None:
    rows = [plan(luca, due_on=MONDAY), plan(luca), plan(giulia)]
    client.force_login(luca)
    said = {"ids": ",".join(str(row.pk) for row in rows), "owner": str(giulia.pk), "pile": "team"}
    answer = client.post("/calendar/distribute/give/", said)
    assert answer.headers["Location"] == "/calendar/distribute/?pile=team"
    assert Activity.objects.filter(owner=giulia, asked_by=luca).count() == 2
    assert Notice.objects.filter(user=giulia).count() == 2
    undo_batch(Batch.objects.get(kind="act"), luca)
    assert Activity.objects.filter(owner=luca).count() == 2


def test_the_piles(giulia: Any, luca: Any, sara: Any, plan: Any, client: Any) -> None:
    _away, gone, nobody, late = (plan(giulia, subject=f"Pila {name}") for name in ("via", "andato", "nessuno", "tardi"))
    Activity.objects.filter(pk=nobody.pk).update(owner=None)
    Activity.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - dt.timedelta(days=2))
    Activity.objects.filter(pk=gone.pk).update(owner=sara)
    sara.is_active = False
    sara.save()
    Absence.objects.create(user=giulia, first_day=timezone.localdate(), last_day=timezone.localdate())
    client.force_login(luca)
    found = {}
    for pile in ("nobody", "gone", "away", "late", "team"):
        page = client.get(f"/calendar/distribute/?pile={pile}").content.decode()
        found[pile] = {name for name in ("via", "andato", "nessuno", "tardi") if f"Pila {name}" in page}
    assert found["nobody"] == {"nessuno"}
    assert found["gone"] == {"andato"}
    assert (found["away"], found["late"], found["team"]) == ({"via", "tardi"}, {"tardi"}, {"via", "tardi"})


def test_it_opens_on_the_first_pile_that_has_something(giulia: Any, luca: Any, plan: Any, client: Any) -> None:
    client.force_login(luca)

    def here() -> str:
        page = client.get("/calendar/distribute/").content.decode()
        return re.findall(r'<a href="\?pile=(\w+)" aria-current="page"', page)[0]

    assert here() == "nobody"
    plan(giulia, due_on=timezone.localdate())
    assert here() == "team"
    plan(giulia, due_on=timezone.localdate() - dt.timedelta(days=1))
    assert here() == "late"


def test_names_are_handed_out_on_the_same_page(giulia: Any, luca: Any, client: Any) -> None:
    lead = Lead(last_name="Bruni", company_name="Bruni S.r.l.", team=luca.team)
    lead.save()
    client.force_login(luca)
    assert "Bruni" in client.get("/calendar/distribute/?pile=names").content.decode()
    client.post("/calendar/distribute/give/", {"ids": str(lead.pk), "owner": str(giulia.pk), "pile": "names"})
    lead.refresh_from_db()
    assert lead.owner == giulia


def test_only_who_leads_hands_out_and_only_to_whom_they_lead(
    giulia: Any, luca: Any, marco: Any, plan: Any, client: Any
) -> None:
    one = plan(luca)
    client.force_login(giulia)
    assert client.get("/calendar/distribute/").status_code == 403
    assert client.post("/calendar/distribute/give/", {"ids": one.pk, "owner": giulia.pk}).status_code == 403
    client.force_login(luca)
    client.post("/calendar/distribute/give/", {"ids": one.pk, "owner": marco.pk, "pile": "team"})
    client.post("/calendar/distribute/give/", {"ids": "x,,-1", "owner": "nobody"})
    one.refresh_from_db()
    assert one.owner == luca


def test_statements_of_the_page_do_not_grow(
    giulia: Any, luca: Any, plan: Any, client: Any, django_assert_max_num_queries: Any
) -> None:
    client.force_login(luca)
    plan(giulia, due_on=MONDAY)
    client.get("/calendar/distribute/?pile=team")
    with django_assert_max_num_queries(40) as few:
        client.get("/calendar/distribute/?pile=team")
    for number in range(9):
        plan(giulia, due_on=MONDAY + dt.timedelta(days=number))
    with django_assert_max_num_queries(40) as many:
        client.get("/calendar/distribute/?pile=team")
    assert len(few) == len(many)
