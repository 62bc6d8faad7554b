from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from fedele.base.months import months_after
from fedele.base.verbs import Refused
from fedele.journal.acting import act_as
from fedele.people.models import Contact, PrivacyRequest


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-11-22", 3, "2027-02-22"),
        ("2026-03-31", -1, "2026-02-28"),
    ],
)
def test_a_month_later(day: str, months: int, expected: str) -> None:
    assert months_after(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(expected)


@pytest.fixture
def request_(giulia: Any) -> PrivacyRequest:
    with act_as(giulia, door="screen"):
        contact = Contact(first_name="Rosa", last_name="Neri", owner=giulia)
        contact.save()
        asked = PrivacyRequest(
            name="Rosa Neri", kind="access", contact=contact, received_on=dt.date(2026, 10, 31), owner=giulia
        )
        asked.save()
    return asked


def test_the_answer_is_due_in_a_month_and_can_be_three(request_: PrivacyRequest, giulia: Any) -> None:
    assert request_.due_on == dt.date(2026, 11, 30)
    with act_as(giulia):
        request_.extend("molte caselle di posta")
    assert (request_.due_on, request_.can_be_extended) == (dt.date(2027, 1, 31), False)


def test_a_file_goes_only_to_whom_it_is_about(request_: PrivacyRequest, giulia: Any) -> None:
    with act_as(giulia), pytest.raises(Refused):
        request_.fulfil()
    request_.put({"identity": "carta d'identità vista in ufficio"})
    with act_as(giulia):
        request_.fulfil()
    assert (request_.state, request_.closed_on) == ("done", timezone.localdate())


def test_the_page_of_the_person_says_what_is_owed(request_: PrivacyRequest, giulia: Any, client: Any) -> None:
    giulia.language = "it"
    giulia.save()
    client.force_login(giulia)
    assert "31/10/2026" not in client.get(f"/contacts/{request_.contact_id}/?panels=1").content.decode()
    page = client.get(f"/contacts/{request_.contact_id}/?panels=1").content.decode()
    assert page.count('class="badge') >= 1
    assert "30" in page
