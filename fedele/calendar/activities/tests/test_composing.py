"""What is planned and written down above the timeline, without leaving the page."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from fedele.calendar.models import Activity
from fedele.journal.acting import act_as
from fedele.people.models import Company
from fedele.records.adding import added_composers

HERE = {"HX-Request": "true", "HX-Target": "composer-activity"}


@pytest.fixture
def company(giulia: Any) -> Company:
    with act_as(giulia, door="screen"):
        company = Company(name="Officine Rossi S.r.l.", owner=giulia)
        company.save()
    return company


def test_an_activity_is_planned_in_place(company: Company, giulia: Any, client: Any) -> None:
    client.force_login(giulia)
    url = f"/activities/plan/company/{company.pk}/"
    assert "<dialog" not in client.get(url, headers=HERE).content.decode()
    wrong = client.post(url, {"kind": "call", "subject": "", "due_on": "soon", "due_at": "25"}, headers=HERE)
    assert (wrong.status_code, wrong.content.decode().count('aria-invalid="true"')) == (422, 3)
    said = {"kind": "meeting", "subject": "Vedere la linea", "due_on": "2026-12-03", "due_at": "9.30"}
    answer = client.post(url, said, headers=HERE)
    assert (answer.status_code, sorted(json.loads(answer["HX-Trigger"]))) == (204, ["fedele:told", "toast"])
    made = Activity.objects.get()
    assert (made.kind, made.subject, made.due_on, made.due_at, made.owner, made.company) == (
        "meeting",
        "Vedere la linea",
        dt.date(2026, 12, 3),
        "09:30",
        giulia,
        company,
    )


def test_a_call_is_written_down_in_place(company: Company, giulia: Any, client: Any) -> None:
    client.force_login(giulia)
    url = f"/activities/log/company/{company.pk}/"
    answer = client.post(url, {"kind": "call", "outcome": "reached", "report": "Tutto bene"}, headers=HERE)
    assert (answer.status_code, Activity.objects.get().report) == (204, "Tutto bene")
    story = client.get(f"/companies/{company.pk}/timeline/", headers={"HX-Request": "true"}).content.decode()
    assert "Tutto bene" in story


def test_what_was_written_down_is_told_as_done_and_can_be_taken_back(
    company: Company, giulia: Any, client: Any
) -> None:
    client.force_login(giulia)
    url = f"/activities/log/company/{company.pk}/"
    answer = client.post(url, {"kind": "call", "outcome": "reached"}, headers=HERE)
    story = client.get(f"/companies/{company.pk}/timeline/?show=call", headers={"HX-Request": "true"}).content.decode()
    assert (story.count("Ha annotato: telefonata · raggiunto"), story.count(">Telefonata: raggiunto</a>")) == (1, 1)
    everything = client.get(f"/companies/{company.pk}/timeline/", headers={"HX-Request": "true"}).content.decode()
    assert "Messa in programma" not in everything
    client.post(json.loads(answer["HX-Trigger"])["toast"]["undo"])
    assert Activity.objects.get().is_trashed


def test_the_tabs_are_for_who_may_plan(company: Company, giulia: Any, eva: Any, client: Any) -> None:
    mine = [tab.name for tab in added_composers("company", company, giulia) if tab.name in ("call", "activity")]
    assert mine == ["call", "activity"]
    assert [tab.name for tab in added_composers("company", company, eva) if tab.name in ("call", "activity")] == []
    client.force_login(eva)
    assert client.get(f"/activities/plan/company/{company.pk}/", headers=HERE).status_code == 404
