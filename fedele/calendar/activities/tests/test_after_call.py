"""The sheet after a call: for the right record, for who may write it down and wants to be asked."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fedele.calendar.activities.models import Activity
from fedele.people.companies.models import Company

ASK = "/activities/after-call/"


@pytest.fixture
def company(giulia: Any) -> Company:
    one = Company(name="Rinaldi", owner=giulia, team=giulia.team)
    one.save()
    return one


@pytest.fixture
def phone(giulia: Any) -> Client:
    client = Client(headers={"HX-Request": "true"})
    client.force_login(giulia)
    return client


def test_one_tap_writes_the_call_down_with_its_next_step(phone: Client, company: Company) -> None:
    sheet = phone.get(ASK, {"from": f"/companies/{company.pk}/"}).content.decode()
    assert f'hx-post="/activities/log/company/{company.pk}/"' in sheet
    tomorrow = sheet.split('name="next_on" value="2')[1].split('"')[0]
    given = {"kind": "call", "outcome": "no_answer", "next_on": f"2{tomorrow}"}
    assert phone.post(f"/activities/log/company/{company.pk}/", given).status_code in (200, 204)
    done, following = Activity.objects.order_by("pk")
    assert (done.kind, done.outcome, done.state, done.company) == ("call", "no_answer", "done", company)
    assert (following.due_on - timezone.localdate()).days == 1


@pytest.mark.parametrize(
    "address", ["/", "/nowhere/1/", "/companies/", "/activities/1/", "/companies/1/edit/", "//evil.example/1/"]
)
def test_where_no_call_is_written_down_nothing_is_asked(phone: Client, company: Company, address: str) -> None:
    assert phone.get(ASK, {"from": address}).status_code == 204


def test_a_hidden_record_does_not_exist(eva: Any, company: Company) -> None:
    stranger = Client()
    stranger.force_login(eva)
    assert stranger.get(ASK, {"from": f"/companies/{company.pk}/"}).status_code == 404


def test_who_does_not_want_to_be_asked_is_not(phone: Client, company: Company) -> None:
    phone.post(f"{ASK}never/")
    assert phone.get(ASK, {"from": f"/companies/{company.pk}/"}).status_code == 204
