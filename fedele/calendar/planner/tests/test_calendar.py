from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from fedele.access.models import Role
from fedele.calendar.models import Activity
from fedele.calendar.planner.asking import asked
from fedele.calendar.planner.happenings import happenings
from fedele.journal.models import Entry
from fedele.people.assignment.presence import Absence
from fedele.people.models import Company, Lead
from fedele.records.undo import undo_entry

MONDAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("view", "day", "first", "last", "before", "after"),
    [
        ("day", "2026-11-25", "2026-11-25", "2026-11-25", "2026-11-24", "2026-11-26"),
        ("week", "2026-11-29", "2026-11-23", "2026-11-29", "2026-11-22", "2026-12-06"),
        ("month", "2026-12-31", "2026-11-30", "2027-01-03", "2026-11-01", "2027-01-01"),
        ("month", "2028-02-29", "2028-01-31", "2028-03-05", "2028-01-01", "2028-03-01"),
    ],
)
def test_what_the_address_asks_for(
    view: str, day: str, first: str, last: str, before: str, after: str, giulia: Any, rf: Any
) -> None:
    plan = asked(rf.get("/", {"view": view, "day": day}).GET, [giulia], giulia)
    assert (str(plan.first), str(plan.last), plan.beside(-1), plan.beside(1)) == (first, last, before, after)


@pytest.mark.parametrize(
    "data", ["view=decade&day=9999-99-99&people=x,999&kinds=nonsense", "day=0001-01-01", "day=today"]
)
def test_what_cannot_be_read_is_my_week(data: str, giulia: Any, client: Any) -> None:
    client.force_login(giulia)
    page = client.get(f"/calendar/?{data}")
    assert page.status_code == 200
    assert json.loads(page.content.decode().split("data-grid='")[1].split("'")[0])["view"] == "week"


def test_of_colleagues_one_sees_what_one_may_and_otherwise_that_they_are_busy(
    giulia: Any, luca: Any, plan: Any
) -> None:
    plan(luca, subject="Colloquio riservato", due_on=MONDAY, due_at="10:00", minutes=45)
    plan(luca, subject="Da fare in giornata", due_on=MONDAY)
    seen, _more = happenings(giulia, [luca], MONDAY, MONDAY)
    assert [row.title for row in seen] == ["Da fare in giornata", "Colloquio riservato"]
    _sees_own(giulia)
    seen, _more = happenings(giulia, [luca], MONDAY, MONDAY)
    assert [(row.title, row.at, row.minutes, row.pk, row.line) for row in seen] == [("Occupato", "10:00", 45, None, "")]


def _sees_own(user: Any) -> None:
    role = Role.objects.get(key="sales_rep")
    role.rights = {**role.rights, "activity": {**role.rights["activity"], "view": "own"}}
    role.save()
    user.__dict__.pop("rights", None)


def test_a_customer_one_may_not_see_has_no_name_there(giulia: Any, luca: Any, plan: Any, client: Any) -> None:
    secret = Company(name="Segretissima S.p.A.", owner=luca)
    secret.save()
    plan(giulia, company=secret, due_on=MONDAY)
    role = Role.objects.get(key="sales_rep")
    role.rights = {**role.rights, "company": {**role.rights["company"], "view": "own"}}
    role.save()
    client.force_login(giulia)
    page = client.get("/calendar/?day=2026-11-23")
    assert "Richiamare per la pressa" in page.content.decode()
    assert "Segretissima" not in page.content.decode()


def test_who_is_away_is_away_on_the_days_shown(giulia: Any) -> None:
    Absence.objects.create(user=giulia, first_day=MONDAY - dt.timedelta(days=3), last_day=MONDAY + dt.timedelta(days=1))
    seen, _more = happenings(giulia, [giulia], MONDAY, MONDAY + dt.timedelta(days=6))
    assert [(row.day, row.until, row.marks) for row in seen] == [(MONDAY, MONDAY + dt.timedelta(days=1), ("away",))]


def test_moved_by_dragging_is_one_act_that_goes_back(giulia: Any, plan: Any, client: Any) -> None:
    activity = plan(giulia, due_on=MONDAY, due_at="09:00", minutes=30)
    client.force_login(giulia)
    said = {"day": "2026-11-24", "at": "14:15", "minutes": "60", "owner": giulia.pk, "version": activity.version}
    answer = client.post(f"/calendar/move/{activity.pk}/", said, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert sorted(json.loads(answer.headers["HX-Trigger"])) == ["close-dialog", "fedele:changed", "toast"]
    activity.refresh_from_db()
    assert (activity.due_on, activity.due_at, activity.minutes) == (dt.date(2026, 11, 24), "14:15", 60)
    undo_entry(Entry.objects.filter(kind="activity.postponed").get(), giulia)
    activity.refresh_from_db()
    assert (activity.due_on, activity.due_at, activity.minutes) == (MONDAY, "09:00", 30)


def test_given_to_a_colleague_by_dragging_it_is_asked_of_them(giulia: Any, luca: Any, plan: Any, client: Any) -> None:
    activity = plan(giulia, due_on=MONDAY)
    client.force_login(giulia)
    said = {"day": "2026-11-23", "owner": luca.pk, "version": activity.version}
    assert client.post(f"/calendar/move/{activity.pk}/", said, headers={"HX-Request": "true"}).status_code == 200
    activity.refresh_from_db()
    assert (activity.owner, activity.asked_by, activity.is_unseen) == (luca, giulia, True)


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"version": "0"}, 409), ({"at": "25:99"}, 422), ({"day": "never"}, 422), ({"minutes": "7000"}, 422), ({"version": "x"}, 404)],
)  # fmt: skip
def test_what_cannot_be_moved_says_why_and_stays(
    changed: dict[str, str], status: int, giulia: Any, plan: Any, client: Any
) -> None:
    activity = plan(giulia, due_on=MONDAY, due_at="09:00")
    client.force_login(giulia)
    said = {"day": "2026-11-24", "at": "10:00", "minutes": "30", "owner": giulia.pk, "version": str(activity.version)}
    answer = client.post(f"/calendar/move/{activity.pk}/", {**said, **changed}, headers={"HX-Request": "true"})
    assert answer.status_code == status
    activity.refresh_from_db()
    assert (activity.due_on, activity.due_at) == (MONDAY, "09:00")


def test_what_is_not_mine_stays_where_it_is(giulia: Any, luca: Any, eva: Any, plan: Any, client: Any) -> None:
    activity = plan(luca, due_on=MONDAY)
    said = {"day": "2026-11-24", "version": activity.version}
    for user, status in ((giulia, 403), (eva, 404)):
        client.force_login(user)
        assert client.post(f"/calendar/move/{activity.pk}/", said).status_code == status
    assert client.get("/calendar/").status_code == 403
    assert client.get("/calendar/events/").status_code == 403


def test_something_new_on_a_free_hour(giulia: Any, client: Any) -> None:
    client.force_login(giulia)
    asked_for = {"due_on": "2026-11-24", "due_at": "15:00", "minutes": "45", "owner": str(giulia.pk)}
    form = client.get("/calendar/new/", asked_for, headers={"HX-Request": "true"}).content.decode()
    assert [value in form for value in ('value="2026-11-24"', 'value="15:00"', 'value="45"')] == [True, True, True]
    wrong = client.post("/calendar/new/", {**asked_for, "kind": "meeting"}, headers={"HX-Request": "true"})
    assert (wrong.status_code, Activity.objects.count()) == (422, 0)
    said = {**asked_for, "kind": "meeting", "subject": "Visita"}
    assert client.post("/calendar/new/", said, headers={"HX-Request": "true"}).status_code == 200
    made = Activity.objects.get()
    assert (made.subject, made.due_at, made.minutes, made.owner) == ("Visita", "15:00", 45, giulia)


def test_statements_do_not_grow_with_what_is_planned(
    giulia: Any, luca: Any, plan: Any, client: Any, django_assert_max_num_queries: Any
) -> None:
    company = Company(name="Officine Rossi S.r.l.")
    company.save()
    client.force_login(luca)
    address = "/calendar/?view=people&people=team&day=2026-11-23"
    plan(giulia, due_on=MONDAY, company=company)
    client.get(address)
    with django_assert_max_num_queries(50) as few:
        client.get(address)
    for number in range(8):
        plan(giulia, due_on=MONDAY + dt.timedelta(days=number % 5), company=company, asked_by=luca)
    with django_assert_max_num_queries(50) as many:
        client.get(address)
    assert _count(few) == _count(many)
    with django_assert_max_num_queries(14):
        client.get(address.replace("/calendar/", "/calendar/events/"))


def _count(captured: CaptureQueriesContext) -> int:
    return len(captured)


@pytest.mark.parametrize(
    ("asked_for", "leads_to"),
    [
        ("", "view=month"), ("month=2026-12&f=owner.in:me,7&f=kind.in:call", "view=month&day=2026-12-01&people=me,7&kinds=call"),
        ("month=x&f=subject.has:a&f=owner.in:<b>", "view=month&people=%3Cb%3E"),
    ],
)  # fmt: skip
def test_the_month_of_the_list_is_that_of_the_calendar(asked_for: str, leads_to: str, giulia: Any, client: Any) -> None:
    client.force_login(giulia)
    answer = client.get(f"/activities/calendar/?{asked_for}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/calendar/?{leads_to}")
    assert client.get(answer.headers["Location"]).status_code == 200


def test_a_full_day_is_cut_in_a_week_and_whole_by_itself(giulia: Any, plan: Any, client: Any) -> None:
    for number in range(15):
        plan(giulia, subject=f"Cosa {number:02}", due_on=MONDAY)
    client.force_login(giulia)
    week, day = (client.get(f"/calendar/?view={view}&day=2026-11-23").content.decode() for view in ("week", "day"))
    assert [page.count('class="name clip"') for page in (week, day)] == [12, 15]
    assert ("altre 3 in questo giorno" in week, "in questo giorno" in day) == (True, False)


def test_what_is_planned_with_markup_in_it_is_words(giulia: Any, plan: Any, client: Any) -> None:
    plan(giulia, subject='"><script>alert(1)</script>', due_on=MONDAY)
    client.force_login(giulia)
    assert "<script>alert" not in client.get("/calendar/?day=2026-11-23").content.decode()


def test_an_hour_is_chosen_for_a_customer_and_one_is_back_there(giulia: Any, client: Any) -> None:
    company = Company.objects.create(name="Rinaldi & figli", owner=giulia)
    lead = Lead.objects.create(last_name="Bruni", owner=giulia)
    client.force_login(giulia)
    form = client.get(f"/activities/plan/company/{company.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert f'href="/calendar/?day=tomorrow&amp;with=company:{company.pk}"' in form
    for one, key in ((company, "company"), (lead, "lead")):
        page = client.get(f"/calendar/?with={key}:{one.pk}").content.decode()
        asked = f"with={key}:{one.pk}&amp;{key}={one.pk}&amp;kind=meeting&amp;"
        (onwards,) = re.findall(r"<a [^>]*data-after[^>]*>", page)
        assert (f'data-new="/calendar/new/?{asked}"' in page, f"&amp;with={key}:{one.pk}" in onwards) == (True, True)
        address = f"/calendar/new/?with={key}:{one.pk}&{key}={one.pk}&kind=meeting&due_on={MONDAY}&due_at=15:00&owner={giulia.pk}"
        dialog = client.get(address, headers={"HX-Request": "true"}).content.decode()
        (action,) = re.findall(r'<form method="post" action="([^"]+)"', dialog)
        typed = {
            "kind": "meeting",
            "subject": "Visita",
            key: one.pk,
            "due_on": str(MONDAY),
            "due_at": "15:00",
            "owner": giulia.pk,
        }
        answer = client.post(action.replace("&amp;", "&"), typed, headers={"HX-Request": "true"})
        assert answer.headers["HX-Redirect"] == f"/{'companies' if key == 'company' else 'leads'}/{one.pk}/"
    assert set(Activity.objects.values_list("company", "lead", "due_at")) == {
        (company.pk, None, "15:00"),
        (None, lead.pk, "15:00"),
    }


def test_whom_one_may_not_see_is_not_named_and_nothing_else_is_a_customer(giulia: Any, eva: Any, client: Any) -> None:
    hidden = Lead.objects.create(last_name="Segretissimi", owner=eva)
    Role.objects.filter(key="sales_rep").update(
        rights={"activity": {"view": "own", "create": "all"}, "lead": {"view": "own"}}
    )
    client.force_login(giulia)
    for named in (f"lead:{hidden.pk}", "lead:99999999999999999999", "user:1", "company:x", "x", "company:"):
        for address in ("/calendar/", "/calendar/new/"):
            answer = client.get(f"{address}?with={named}", headers={"HX-Request": "true"})
            assert (answer.status_code, "Segretissimi" in answer.content.decode()) == (200, False)
        assert "Torna a" not in client.get(f"/calendar/?with={named}").content.decode()
