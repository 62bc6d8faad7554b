from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from fedele.journal.acting import act_as
from fedele.notices.models import Notice
from fedele.people.models import Lead, RetentionRule
from fedele.people.privacy import retention


@pytest.fixture(autouse=True)
def list_of_erased(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def leads(giulia: Any, sara: Any) -> list[Lead]:
    made = []
    with act_as(giulia, door="screen"):
        for name, days in (("Vecchia", 800), ("Fresca", 20), ("Antica", 900)):
            lead = Lead(last_name=name, email=f"{name}@morti.example".lower(), owner=giulia)
            lead.save()
            lead.qualify()
            lead.kill("competitor")
            Lead.objects.filter(pk=lead.pk).update(updated_at=timezone.now() - dt.timedelta(days=days))
            made.append(lead)
        Lead(last_name="Viva", email="viva@morti.example").save()
    Lead.objects.filter(last_name="Viva").update(updated_at=timezone.now() - dt.timedelta(days=900))
    return made


def test_only_who_is_due_goes_and_only_once(leads: list[Lead], sara: Any) -> None:
    rule = RetentionRule.objects.create(
        name="Morti", record_type="lead", query="f=stage.in:dead", months=24, act="erase"
    )
    assert [str(one) for one in retention.due(rule, sara)] == ["Antica", "Vecchia"]
    retention.keep_periods.call()
    assert sorted(Lead.objects.exclude(email="").values_list("last_name", flat=True)) == ["Fresca", "Viva"]
    assert retention.due(rule, sara).count() == 0
    retention.keep_periods.call()
    assert sorted(Lead.objects.exclude(email="").values_list("last_name", flat=True)) == ["Fresca", "Viva"]


def test_a_rule_that_proposes_erases_nobody(leads: list[Lead], sara: Any, monkeypatch: Any) -> None:
    RetentionRule.objects.create(name="Morti", record_type="lead", query="f=stage.in:dead", months=24, act="propose")
    monkeypatch.setattr(timezone, "localdate", lambda *_args: dt.date(2026, 11, 23))
    retention.keep_periods.call()
    assert Lead.objects.exclude(email="").count() == 4
    assert {row.data["count"] for row in Notice.objects.filter(kind="retention.due")} == {2}


def test_the_pages_are_for_administrators_and_take_only_filters_that_read(
    leads: list[Lead], sara: Any, giulia: Any, client: Any
) -> None:
    client.force_login(giulia)
    addresses = ("/setup/privacy/", "/setup/privacy/register/", "/setup/privacy/seen/", "/setup/privacy/new/")
    assert {client.get(one).status_code for one in addresses} == {403}
    client.force_login(sara)
    assert {client.get(one).status_code for one in addresses} == {200}
    wrong = {
        "name": "X",
        "record_type": "lead",
        "query": "f=nonsense.in:dead",
        "months": "24",
        "act": "erase",
        "is_active": "on",
    }
    assert client.post("/setup/privacy/new/", wrong).status_code == 422
    assert client.post("/setup/privacy/new/", {**wrong, "query": "/leads/?f=stage.in:dead"}).status_code == 302
    rule = RetentionRule.objects.get()
    assert rule.query == "f=stage.in:dead"
    assert "2" in client.get("/setup/privacy/").content.decode()
    assert client.post(f"/setup/privacy/{rule.pk}/erase/", {"typed": "3"}).status_code == 404
    assert client.post(f"/setup/privacy/{rule.pk}/erase/", {"typed": "2"}).status_code == 302
    assert Lead.objects.exclude(email="").count() == 2


def test_who_has_seen_whom(leads: list[Lead], sara: Any, giulia: Any, client: Any) -> None:
    client.force_login(giulia)
    for _time in range(2):
        client.get(f"/leads/{leads[0].pk}/")
    client.force_login(sara)
    file = client.get(f"/setup/privacy/seen/?of=lead:{leads[0].pk}&format=csv").content.decode("utf-8-sig").splitlines()
    assert [line.split(";")[:3] for line in file[1:]] == [[str(giulia), "Vecchia", str(leads[0].pk)]]
    assert str(giulia) in client.get("/setup/privacy/seen/").content.decode()
    assert client.get("/setup/privacy/seen/?since=2026-13-77&who=x&of=nothing:1").status_code == 200
