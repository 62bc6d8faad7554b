"""What Today asks of the database: little, and the same however much there is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fedele.calendar.models import Activity
from fedele.people.assignment.models import Handout
from fedele.people.models import Agreement, Company, Lead
from fedele.records.today.blocks import _blocks
from fedele.sales.models import Opportunity, Process

FIRST, BLOCK = 14, 12
HTMX = {"HX-Request": "true"}


def statements(client: Client, address: str, **headers: str) -> list[str]:
    client.get(address, headers=headers)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, headers=headers).status_code == 200
    return [one["sql"] for one in captured if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]


def fill(user: Any, luca: Any, count: int) -> None:
    today, stage = timezone.localdate(), Process.default().stages.first()
    for n in range(count):
        mine = {"owner": user, "team": user.team}
        company = Company.objects.create(name=f"Company {n}", phone=f"+39030123{n:04}", **mine)
        lead = Lead.objects.create(last_name=f"Lead {n}", stage="hot" if n % 2 else "suspect", **mine)
        day = today - dt.timedelta(days=n)
        Activity.objects.create(subject=f"{n}", company=company, lead=lead, due_on=day, asked_by=luca, **mine)
        Activity.objects.create(
            subject=f"{n}", company=company, due_on=day, state="done", done_at=timezone.now(), **mine
        )
        common = {"company": company, **mine}
        for next_step_on in (day, None):
            Opportunity.objects.create(
                name=f"{n}", stage=stage, process=stage.process, next_step_on=next_step_on, closes_on=day, **common
            )
        Agreement.objects.create(subject=f"{n}", due_on=day, **common)
        Handout.objects.create(record_type="lead", record_id=lead.pk, user=user)


def test_the_first_view_keeps_to_its_budget_and_does_not_grow(giulia: Any, luca: Any, client: Client) -> None:
    client.force_login(giulia)
    fill(giulia, luca, 3)
    few = statements(client, "/")
    assert len(few) <= FIRST, "\n".join(few)
    fill(giulia, luca, 40)
    assert len(statements(client, "/")) == len(few)


def test_no_block_grows(giulia: Any, luca: Any, client: Client) -> None:
    client.force_login(luca)
    fill(luca, giulia, 3)
    keys = [key for key, one in _blocks.items() if one.is_for(luca)]
    few = {key: len(statements(client, f"/today/block/{key}/", **HTMX)) for key in keys}
    assert max(few.values()) <= BLOCK, few
    fill(luca, giulia, 40)
    many = {key: len(statements(client, f"/today/block/{key}/", **HTMX)) for key in keys}
    # One statement for each type among what was worked on last, and one to count what is more than is shown.
    assert {key: many[key] - few[key] for key in keys if many[key] > few[key]} in ({}, {"news": 1})
