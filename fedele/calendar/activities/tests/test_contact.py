from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from fedele.access.models import Role
from fedele.calendar.activities.contact import effort, last_contact, last_contact_tile
from fedele.calendar.activities.logging import write_down
from fedele.calendar.models import Activity
from fedele.journal.acting import act_as
from fedele.people.models import Company


@pytest.fixture
def company(giulia: Any) -> Company:
    with act_as(giulia, door="screen"):
        company = Company(name="Officine Rossi S.r.l.", owner=giulia)
        company.save()
    return company


def spoke(company: Company, user: Any, days: int, **given: Any) -> Activity:
    with act_as(user, door="screen"):
        done = write_down(company, user, **{"kind": "call", "outcome": "reached", **given})
    Activity.objects.filter(pk=done.pk).update(done_at=timezone.now() - dt.timedelta(days=days))
    return done


def test_the_last_contact_is_the_last_time_somebody_was_reached(company: Company, giulia: Any, luca: Any) -> None:
    assert last_contact_tile(company, giulia) == []
    spoke(company, giulia, 20, kind="meeting")
    newest = spoke(company, luca, 4)
    spoke(company, giulia, 1, outcome="no_answer")
    tile = last_contact_tile(company, giulia)
    assert tile == [
        {"label": "Ultimo contatto", "value": "4 giorni fa", "note": f"telefonata · {luca}", "level": "",
         "url": f"/activities/{newest.pk}/"},
    ]  # fmt: skip


def test_what_one_may_not_see_was_no_contact(company: Company, giulia: Any, luca: Any, eva: Any) -> None:
    spoke(company, luca, 4)
    role = Role.objects.get(key="sales_rep")
    role.rights = {**role.rights, "activity": {**role.rights["activity"], "view": "own"}}
    role.save()
    giulia.__dict__.pop("rights", None)
    assert (last_contact(company, giulia), effort(company, giulia), last_contact(company, eva)) == (None, None, None)


def test_time_kilometres_and_costs_of_this_year(company: Company, giulia: Any) -> None:
    assert effort(company, giulia) is None
    spoke(company, giulia, 0, minutes=90, kilometres=120, costs=Decimal("14.50"))
    spoke(company, giulia, 0, minutes=45)
    spoke(company, giulia, 400, minutes=600, kilometres=1000)
    found = effort(company, giulia)
    assert found is not None
    assert found["words"].replace("\xa0", " ") == "2 h 15 · 120 km · 14,50 €"


def test_hours_are_apart_from_what_was_planned(company: Company, giulia: Any, plan: Any, client: Any) -> None:
    activity = plan(giulia, company=company, minutes=60)
    client.force_login(giulia)
    said = {"outcome": "done", "spent": "95", "kilometres": "30", "costs": "12,50"}
    assert client.post(f"/activities/{activity.pk}/do/complete/", said).status_code == 302
    activity.refresh_from_db()
    assert (activity.minutes, activity.spent, activity.kilometres, activity.costs) == (60, 95, 30, Decimal("12.50"))


def test_of_whom_the_house_has_known_for_long_it_says_that_nobody_spoke_to_them(company: Company, giulia: Any) -> None:
    Company.objects.filter(pk=company.pk).update(created_at=timezone.now() - dt.timedelta(days=200))
    company.refresh_from_db()
    assert last_contact_tile(company, giulia) == [
        {"label": "Ultimo contatto", "value": "mai", "note": "niente di annotato", "level": "warn"}
    ]


def test_yesterday_is_called_yesterday(company: Company, giulia: Any) -> None:
    spoke(company, giulia, 1)
    assert last_contact_tile(company, giulia)[0]["value"] == "ieri"
