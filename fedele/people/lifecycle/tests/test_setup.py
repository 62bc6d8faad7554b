"""The rules in setup: tried out before they hold, applied to everybody at once, and taken back."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fedele.journal.models import Batch
from fedele.people.lifecycle.models import LifeCycleRules
from fedele.people.lifecycle.rules import Rules, guide, rules
from fedele.people.lifecycle.settling import settle
from fedele.people.lifecycle.trying import trial_of
from fedele.people.models import Company
from fedele.sales.models import Opportunity


@pytest.fixture
def buyers(giulia: Any) -> list[Company]:
    """Two bought three times, one twice."""
    found = []
    for name, ages in (("Alfa", (700, 400, 50)), ("Beta", (600, 300, 40)), ("Gamma", (500, 30))):
        company = Company(name=name, owner=giulia)
        company.save()
        for ago in ages:
            one = Opportunity(name=f"{ago}", company=company, owner=giulia, amount=1)
            one.save()
            day = timezone.localdate() - dt.timedelta(days=ago)
            Opportunity.objects.filter(pk=one.pk).update(outcome="won", closed_on=day)
        found.append(company)
    settle([one.pk for one in found])
    return found


def phases(companies: list[Company]) -> list[str]:
    return [Company.objects.get(pk=one.pk).phase for one in companies]


def posted(**changed: Any) -> dict[str, Any]:
    values = {**Rules.usual().as_json(), **changed}
    limits = values.pop("signs")
    return {**values, **{f"sign_{key}": limit for key, limit in limits.items()}, "guide": "", "risk": "Call at once"}


def test_what_would_come_of_it_before_anything_is_written(buyers: list[Company], client: Client, sara: Any) -> None:
    before = {line.phase: (line.now, line.then) for line in trial_of(Rules(loyal_count=2)).lines}
    assert (before["loyal"], before["renewal"]) == ((2, 3), (1, 0))
    client.force_login(sara)
    answer = client.post("/setup/lifecycle/trial/", posted(loyal_count=2)).content.decode()
    assert " ".join(answer.split()).count("(+1)") == 1
    assert phases(buyers) == ["loyal", "loyal", "renewal"]


def test_saved_they_hold_for_everybody_and_undone_they_never_did(
    buyers: list[Company], client: Client, sara: Any
) -> None:
    client.force_login(sara)
    assert client.post("/setup/lifecycle/", posted(loyal_count=2)).status_code == 302
    assert (phases(buyers), rules().loyal_count) == (["loyal", "loyal", "loyal"], 2)
    assert guide("risk") == ["Call at once"]
    batch = Batch.objects.get(kind="lifecycle")
    client.post(f"/undo/batch/{batch.pk}/")
    assert (phases(buyers), rules().loyal_count) == (["loyal", "loyal", "renewal"], 3)
    assert len(guide("risk")) == 2


@pytest.mark.parametrize(("language", "half"), [("it", "2,5"), ("en", "2.5")])
def test_what_the_page_shows_it_takes_back(client: Client, sara: Any, language: str, half: str) -> None:
    """A decimal comma is one in the field, too."""
    type(sara).objects.filter(pk=sara.pk).update(language=language)
    client.force_login(sara)
    page = client.get("/setup/lifecycle/").content.decode()
    shown = dict(re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', page))
    assert shown["silence_factor"] == half
    assert client.post("/setup/lifecycle/", {**shown, "gap_days": "31"}).status_code == 302
    assert (rules().gap_days, rules().silence_factor) == (31, 2.5)


def test_an_empty_number_switches_a_sign_off(client: Client, sara: Any) -> None:
    client.force_login(sara)
    client.post("/setup/lifecycle/", {**posted(), "sign_dispute": ""})
    assert "dispute" not in rules().signs
    assert rules().signs["overdue"] == 180


def test_what_makes_no_sense_is_said_at_the_field_and_nothing_is_kept(client: Client, sara: Any) -> None:
    client.force_login(sara)
    answer = client.post("/setup/lifecycle/", posted(lost_months=3, loyal_count="many"))
    assert (answer.status_code, LifeCycleRules.objects.exclude(values={}).count()) == (422, 0)
    text = answer.content.decode()
    assert [word in text for word in ('id="id_loyal_count-error"', 'value="many"')] == [True, True]
    answer = client.post("/setup/lifecycle/", posted(lost_months=3))
    assert (answer.status_code, 'id="id_lost_months-error"' in answer.content.decode()) == (422, True)


def test_only_who_administers_sets_them(client: Client, giulia: Any) -> None:
    client.force_login(giulia)
    assert client.get("/setup/lifecycle/").status_code == 403
    assert client.post("/setup/lifecycle/trial/", posted()).status_code == 403
