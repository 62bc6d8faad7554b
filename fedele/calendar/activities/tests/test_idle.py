"""Customers with whom nothing is planned, as Today shows them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import Client
from django.utils import timezone

from fedele.access.models import Role
from fedele.calendar.activities.idle import customers_without_action
from fedele.calendar.models import Activity
from fedele.people.companies.models import Company

TODAY = timezone.localdate


def kept(name: str, owner: Any, phase: str = "loyal", days: int = 10) -> Company:
    made = Company.objects.create(name=name, kind="customer", owner=owner)
    Company.objects.filter(pk=made.pk).update(phase=phase, phase_since=TODAY() - dt.timedelta(days=days))
    return made


def shown(user: Any) -> list[str]:
    block = customers_without_action(type(user).objects.get(pk=user.pk))
    return [row.title for row in block.rows] if block else []


def test_those_who_bought_and_with_whom_nothing_is_planned(giulia: Any, luca: Any) -> None:
    kept("Long loyal", giulia, days=400)
    kept("New", giulia, "first", days=3)
    kept("At risk", giulia, "risk")
    kept("Never bought", giulia, "prospect")
    kept("Of another", luca)
    planned, done = kept("Planned", giulia), kept("Done", giulia, days=20)
    Activity.objects.create(subject="Call", company=planned, owner=luca, due_on=TODAY())
    Activity.objects.create(subject="Call", company=done, owner=giulia, state="done", due_on=TODAY())
    assert shown(giulia) == ["Long loyal", "Done", "New"]


def test_planned_from_there_and_gone(giulia: Any, client: Client) -> None:
    company = kept("Loyal", giulia)
    client.force_login(giulia)
    html = client.get("/today/block/unplanned/", headers={"HX-Request": "true"}).content.decode()
    assert f"/activities/plan/company/{company.pk}/" in html
    assert client.get(f"/activities/plan/company/{company.pk}/").status_code == 200
    Activity.objects.create(subject="Visit", company=company, owner=giulia, due_on=TODAY())
    html = client.get("/today/block/unplanned/", headers={"HX-Request": "true"}).content.decode()
    assert "Con ogni tuo cliente c’è qualcosa in programma." in html


def test_who_may_not_see_phases_or_activities_has_no_such_block(giulia: Any) -> None:
    kept("Loyal", giulia)
    Role.objects.filter(key="sales_rep").update(hidden={"company": ["phase"]})
    assert shown(giulia) == []
