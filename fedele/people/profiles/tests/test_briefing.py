"""What a colleague reads of a customer taken over."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation

from fedele.billing.disputes.models import Dispute
from fedele.billing.open_items.models import OpenItem
from fedele.people.companies.models import Company
from fedele.people.handovers.briefing import briefings_of
from fedele.people.profiles.models import Agreement, Observation


def test_promises_sayings_and_money_are_in_the_briefing(company: Company, cast: dict[str, Any]) -> None:
    day = dt.date(2026, 12, 31)
    Agreement(company=company, subject="5 % off", due_on=day).save()
    Agreement(company=company, subject="Framework order", side="them").save()
    gone = Agreement(company=company, subject="Over")
    gone.save()
    gone.keep()
    Observation(company=company, kind="need", text="Old", noted_on=day - dt.timedelta(days=900)).save()
    Observation(company=company, kind="need", text="New", noted_on=day - dt.timedelta(days=400)).save()
    due = timezone.localdate() - dt.timedelta(days=3)
    OpenItem(company=company, document="1", amount=Decimal(500), due_on=due).save()
    Dispute(company=company, subject="Price", amount=Decimal(20)).save()
    said = dict(briefings_of("company", [company], cast["davide"])[company.pk])
    assert said["Open agreements"] == ["we promised: 5 % off, until 31/12/2026", "they promised: Framework order"]
    assert said["What we know"] == ["need: New (26/11/2025)"]
    assert said["Receivables and disputes"] == [
        f"open €500, overdue €500 since {due:%d/%m/%Y}", "dispute open: Price, €20",
    ]  # fmt: skip
    assert "Receivables and disputes" not in dict(briefings_of("company", [company], cast["marco"])[company.pk])


def test_who_promised_is_said_in_the_language_of_the_reader(company: Company, cast: dict[str, Any]) -> None:
    Agreement(company=company, subject="Sconto del 5 %").save()
    with translation.override("it"):
        said = dict(briefings_of("company", [company], cast["davide"])[company.pk])
    assert said["Accordi aperti"] == ["abbiamo promesso: Sconto del 5 %"]
