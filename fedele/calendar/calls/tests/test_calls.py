"""Calls one after the other, and one from the list."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fedele.access.models import Role
from fedele.calendar.models import Activity
from fedele.people.models import Company, Contact


@pytest.fixture
def contact(giulia: Any) -> Contact:
    company = Company.objects.create(name="Officine Rossi", phone="+390301234567", owner=giulia)
    return Contact.objects.create(
        first_name="Rosa", last_name="Neri", company=company, mobile="+393471234567", owner=giulia
    )


@pytest.fixture
def calls(giulia: Any, contact: Contact, plan: Any) -> list[Activity]:
    today = timezone.localdate()
    return [
        plan(giulia, subject=f"Call {time}", due_on=today, due_at=time, contact=contact) for time in ("09:00", "10:00")
    ]


def test_from_one_to_the_next(giulia: Any, client: Client, calls: list[Activity]) -> None:
    client.force_login(giulia)
    first, second = calls
    assert client.get("/today/calls/").headers["Location"] == f"/today/calls/{first.pk}/"
    answer = client.post(f"/today/calls/{first.pk}/", {"outcome": "reached", "report": "Wants a quote"})
    assert answer.headers["Location"] == f"/today/calls/{second.pk}/"
    first.refresh_from_db()
    assert (first.state, first.outcome, first.report) == ("done", "reached", "Wants a quote")
    answer = client.post(f"/today/calls/{second.pk}/", {"outcome": "reached"})
    assert answer.headers["Location"] == "/today/calls/"
    assert client.get("/today/calls/").status_code == 200


def test_no_answer_plans_the_same_call_for_tomorrow(giulia: Any, client: Client, calls: list[Activity]) -> None:
    client.force_login(giulia)
    client.post(f"/today/calls/{calls[0].pk}/", {"outcome": "reached", "again": "1"})
    calls[0].refresh_from_db()
    again = Activity.objects.get(previous=calls[0])
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    assert (calls[0].outcome, again.kind, again.subject, again.due_on) == ("no_answer", "call", "Call 09:00", tomorrow)


def test_numbers_of_the_person_then_of_the_company(giulia: Any, client: Client, calls: list[Activity]) -> None:
    client.force_login(giulia)
    html = client.get(f"/today/calls/{calls[0].pk}/").content.decode()
    assert html.index('href="tel:+393471234567"') < html.index('href="tel:+390301234567"')


def test_a_hidden_number_is_not_dialled(giulia: Any, client: Client, calls: list[Activity]) -> None:
    Role.objects.filter(key="sales_rep").update(hidden={"contact": ["mobile", "phone"]})
    client.force_login(giulia)
    html = client.get(f"/today/calls/{calls[0].pk}/").content.decode()
    assert "3471234567" not in html
    assert "tel:+390301234567" in html


def test_who_does_not_want_calls_is_not_dialled(giulia: Any, client: Client, contact: Contact, plan: Any) -> None:
    from fedele.people.consents.recording import record_answer

    one = plan(giulia, due_on=timezone.localdate(), contact=contact)
    Contact.objects.filter(pk=contact.pk).update(company=None)
    Activity.objects.filter(pk=one.pk).update(company=None)
    record_answer(contact, ["phone"], "refused", source="call")
    client.force_login(giulia)
    html = client.get(f"/today/calls/{one.pk}/").content.decode()
    assert "tel:+393471234567" not in html
    assert "hindered" in html


def test_from_the_list_in_a_dialog(giulia: Any, client: Client, calls: list[Activity]) -> None:
    client.force_login(giulia)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/"}
    assert b"dialog-head" in client.get(f"/today/calls/{calls[0].pk}/", headers=headers).content
    answer = client.post(f"/today/calls/{calls[0].pk}/", {"outcome": "reached"}, headers=headers)
    assert answer.status_code == 200
    assert "fedele:changed" in answer.headers["HX-Trigger"]
    assert "/undo/" in answer.headers["HX-Trigger"]


def test_a_wrong_day_keeps_what_was_typed(giulia: Any, client: Client, calls: list[Activity]) -> None:
    client.force_login(giulia)
    answer = client.post(f"/today/calls/{calls[0].pk}/", {"report": "Typed already", "next_on": "31/31"})
    assert answer.status_code == 422
    assert b"Typed already" in answer.content
    calls[0].refresh_from_db()
    assert calls[0].state == "planned"


def test_a_call_of_somebody_else(giulia: Any, chiara: Any, eva: Any, client: Client, calls: list[Activity]) -> None:
    for person, status in ((chiara, 403), (eva, 404)):
        client.force_login(person)
        assert client.get(f"/today/calls/{calls[0].pk}/").status_code == status
