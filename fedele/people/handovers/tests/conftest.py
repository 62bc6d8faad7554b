from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.handovers.models import Handover
from fedele.people.handovers.preparing import prepare
from fedele.people.leads.models import Lead
from fedele.records.page.tests.conftest import as_, cast, giulia

__all__ = ["as_", "cast", "giulia"]


@pytest.fixture
def house(cast: dict[str, Any]) -> Any:
    """`house.giulia`: the colleagues by name."""
    return SimpleNamespace(**cast)


@pytest.fixture
def portfolio(house: Any) -> Any:
    """`portfolio(3)`: so many companies of Giulia, each with a person and a lead of its own; the first in Brescia."""

    def make(count: int) -> list[Company]:
        companies = []
        for n in range(count):
            company = Company(name=f"Alfa {n}", province="BS" if n == 0 else "MI", owner=house.giulia)
            company.save()
            Contact(last_name=f"Rossi {n}", company=company, owner=house.giulia, phone="030 2424242").save()
            Lead(last_name=f"Tosi {n}", owner=house.giulia).save()
            companies.append(company)
        return companies

    return make


@pytest.fixture
def handover(house: Any) -> Any:
    """`handover(house.luca, house.andrea, split="evenly")`: Giulia's portfolio to these, prepared by Luca."""

    def make(*receivers: Any, by: Any = None, **given: Any) -> Handover:
        scope = given.pop("scope", {"company": "", "contact": "", "lead": "", "opportunity": ""})
        made = Handover.objects.create(giver=house.giulia, made_by=by or house.luca, scope=scope, **given)
        made.receivers.set(receivers)
        prepare(made, by or house.luca)
        return made

    return make
