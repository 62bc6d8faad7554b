from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from fedele.access.keys import ApiKey
from fedele.calendar.activities import reminding
from fedele.calendar.activities.clock import read_time
from fedele.calendar.activities.forms import HandOverForm
from fedele.calendar.activities.repeating import next_day
from fedele.calendar.models import Activity
from fedele.journal.acting import act_as
from fedele.journal.models import Entry
from fedele.notices.models import Notice
from fedele.people.models import Company, Contact, Lead
from fedele.records.undo import undo_batch, undo_entry


@pytest.fixture
def contact(giulia: Any) -> Contact:
    with act_as(giulia, door="screen"):
        company = Company(name="Officine Rossi S.r.l.")
        company.save()
        contact = Contact(first_name="Rosa", last_name="Neri", company=company, phone="+390301234567", owner=giulia)
        contact.save()
    return contact


def plan(user: Any, **values: Any) -> Activity:
    activity = Activity(**{"kind": "call", "subject": "Richiamare per la pressa", "owner": user, **values})
    with act_as(user, door="screen"):
        activity.save()
    return activity


def test_the_customer_follows_from_the_person(contact: Contact, giulia: Any) -> None:
    activity = plan(giulia, contact=contact)
    assert activity.company_id == contact.company_id
    assert Entry.objects.about("company", contact.company_id).filter(kind="activity.created").count() == 1


def test_done_with_the_next_step_in_one_act_and_back(contact: Contact, giulia: Any) -> None:
    activity = plan(giulia, contact=contact, due_on=dt.date(2026, 11, 20))
    with act_as(giulia, door="screen"):
        step = activity.complete("call_back", "È in riunione", "call", "Richiamare alle 15", dt.date(2026, 11, 24))
    assert (activity.state, activity.outcome, activity.report) == ("done", "call_back", "È in riunione")
    assert (step.subject, step.due_on, step.contact_id, step.owner, step.previous) == (
        "Richiamare alle 15", dt.date(2026, 11, 24), contact.pk, giulia, activity,
    )  # fmt: skip
    undo_entry(Entry.objects.get(kind="activity.done"), giulia)
    activity.refresh_from_db()
    step.refresh_from_db()
    assert (activity.state, activity.outcome, step.is_trashed) == ("planned", "", True)


@pytest.mark.parametrize(
    ("day", "repeats", "every", "expected"),
    [
        ("2026-01-31", "monthly", 1, "2026-02-28"), ("2026-01-31", "monthly", 2, "2026-03-31"), ("2028-02-29", "yearly", 1, "2029-02-28"),
        ("2026-11-22", "weekly", 1, "2026-11-29"), ("2026-12-31", "daily", 1, "2027-01-01"),
    ],
)  # fmt: skip
def test_the_days_of_a_series(day: str, repeats: str, every: int, expected: str) -> None:
    assert next_day(dt.date.fromisoformat(day), repeats, every) == dt.date.fromisoformat(expected)


def test_what_repeats_comes_round_again_and_not_in_the_past(giulia: Any) -> None:
    long_ago = timezone.localdate() - dt.timedelta(days=40)
    activity = plan(giulia, due_on=long_ago, repeats="monthly", due_at="9.30", notes="Chiedere di Carla")
    with act_as(giulia):
        again = activity.complete()
    assert (again.due_on, again.due_at, again.notes) == (next_day(long_ago, "monthly", 2), "09:30", "Chiedere di Carla")
    with act_as(giulia):
        again.put({"repeats_until": again.due_on})
        again.save()
        assert again.complete() is None


@pytest.mark.parametrize(
    ("text", "time"), [("9", "09:00"), ("9.30", "09:30"), ("930", "09:30"), ("21h15", "21:15"), ("0:00", "00:00")]
)
def test_times_as_people_write_them(text: str, time: str) -> None:
    found = read_time(text)
    assert found is not None
    assert found.strftime("%H:%M") == time


@pytest.mark.parametrize("text", ["25", "9:75", "alle nove", "-1", "12:3"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(ValidationError):
        read_time(text)


def test_who_was_asked_says_that_they_saw_it(contact: Contact, giulia: Any, luca: Any, chiara: Any) -> None:
    activity = plan(chiara, owner=giulia, contact=contact)
    assert [row.user for row in Notice.objects.filter(kind="activity.asked")] == [giulia]
    assert activity.is_unseen
    activity.refresh_from_db()
    with act_as(giulia, door="screen"):
        activity.acknowledge()
    assert not activity.is_unseen
    assert [(row.user, row.kind) for row in Notice.objects.filter(kind="activity.seen")] == [(chiara, "activity.seen")]
    with act_as(giulia, door="screen"):
        activity.hand_over(luca, "Tocca a te, io sono via")
    assert (activity.owner, activity.asked_by, activity.is_unseen) == (luca, giulia, True)
    assert Notice.objects.filter(user=luca).count() == 1


def test_reminders_come_once_also_late_but_not_next_day(giulia: Any) -> None:
    soon = timezone.localtime() + dt.timedelta(minutes=40)
    activity = plan(giulia, due_on=soon.date(), due_at=soon.strftime("%H:%M"), remind="30")
    assert reminding.remind.call() == 0
    Activity.objects.filter(pk=activity.pk).update(remind_at=timezone.now() - dt.timedelta(hours=3))
    assert reminding.remind.call() == 1
    assert reminding.remind.call() == 0
    Activity.objects.filter(pk=activity.pk).update(remind_at=timezone.now() - dt.timedelta(days=1))
    assert reminding.remind.call() == 0
    assert Notice.objects.filter(kind="activity.reminder").count() == 1


def test_a_call_is_written_down_from_the_page(contact: Contact, giulia: Any, eva: Any, client: Any) -> None:
    client.force_login(giulia)
    url = f"/activities/log/contact/{contact.pk}/"
    assert client.get(url).status_code == 200
    wrong = client.post(url, {"kind": "call", "outcome": "nonsense"})
    assert wrong.status_code == 422
    assert Activity.objects.count() == 0
    said = {
        "kind": "call",
        "outcome": "interested",
        "report": "Vuole la P200\nentro marzo",
        "minutes": "12",
        "next_subject": "Mandare la scheda",
        "next_kind": "email",
        "next_on": "2026-12-01",
    }
    assert client.post(url, said).status_code == 302
    done, step = Activity.objects.order_by("id")
    assert (done.subject, done.state, done.outcome, done.spent, done.company_id) == (
        "Vuole la P200",
        "done",
        "interested",
        12,
        contact.company_id,
    )
    assert (step.subject, step.kind, step.state, step.due_on) == (
        "Mandare la scheda",
        "email",
        "planned",
        dt.date(2026, 12, 1),
    )
    page = client.get(f"/contacts/{contact.pk}/").content.decode()
    assert page.count("Mandare la scheda") >= 1
    client.force_login(eva)
    assert client.get(url).status_code == 404


def test_what_was_done_with_a_lead_follows_it_to_the_customer_and_back(giulia: Any) -> None:
    with act_as(giulia, door="screen"):
        lead = Lead(first_name="Ada", last_name="Bruni", company_name="Bruni S.r.l.", owner=giulia)
        lead.save()
    activity = plan(giulia, lead=lead)
    with act_as(giulia, door="screen"):
        batch = lead.convert()
    activity.refresh_from_db()
    assert (activity.company_id, activity.contact_id) == (lead.company_id, lead.contact_id)
    undo_batch(batch, giulia)
    activity.refresh_from_db()
    assert (activity.company_id, activity.contact_id, activity.lead_id) == (None, None, lead.pk)


def test_a_program_says_hours_kilometres_and_costs_in_numbers(giulia: Any) -> None:
    activity = plan(giulia)
    program = Client(headers={"Authorization": f"Bearer {ApiKey.make(giulia, 'tests')[1]}", "Accept-Language": "it"})
    body = {"spent": 90, "kilometres": 42, "costs": 12.5}
    answer = program.post(f"/api/v1/activities/{activity.pk}/complete", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    done = Activity.objects.get(pk=activity.pk)
    assert (done.spent, done.kilometres, done.costs) == (90, 42, Decimal("12.50"))
    activity = plan(giulia)
    body = {"spent": "long"}
    answer = program.post(f"/api/v1/activities/{activity.pk}/complete", body, content_type="application/json")
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["spent"])


def test_a_series_does_not_end_before_it_begins(client: Any, giulia: Any) -> None:
    client.force_login(giulia)
    said = {"kind": "task", "subject": "Controllo", "due_on": "2026-12-10", "repeats": "weekly"}
    refused = client.post("/activities/new/", {**said, "repeats_until": "2026-12-09"})
    assert refused.status_code == 422
    assert 'id="id_repeats_until-error"' in refused.content.decode()
    assert client.post("/activities/new/", {**said, "repeats_until": "2026-12-10"}).status_code == 302
    assert [str(one.repeats_until) for one in Activity.objects.all()] == ["2026-12-10"]


def test_to_hand_over_those_are_offered_who_work_activities(giulia: Any, luca: Any, eva: Any) -> None:
    form = HandOverForm({"owner": eva.pk})
    offered = set(form.fields["owner"].queryset)
    assert (giulia in offered, luca in offered, eva in offered) == (True, True, False)
    assert list(form.errors) == ["owner"]
