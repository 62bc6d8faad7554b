from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from fedele.base.tests.sharing import shared_database
from fedele.journal.acting import act_as
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact, Role
from fedele.sales.opportunities.models import Opportunity


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def dario(cast: SimpleNamespace) -> Any:
    """May merge whatever there is; signed in at the screen for the whole test."""
    with act_as(cast.dario, door="screen"):
        yield cast.dario


@pytest.fixture
def family(dario: Any, cast: SimpleNamespace) -> SimpleNamespace:
    """Two entries of one company, each with people, opportunities and a note."""
    first = Company.objects.create(name="Rinaldi S.r.l.", owner=cast.giulia, phone="+390302001111", city="Brescia")
    second = Company.objects.create(name="Rinaldi", owner=cast.luca, phone="+390302002222", vat_number="01234567897")
    made: dict[str, list[Any]] = {"people": [], "opportunities": [], "roles": []}
    for company in (first, second):
        contact = Contact.objects.create(last_name=f"Rossi {company.pk}", company=company, owner=cast.giulia)
        made["people"].append(contact)
        made["roles"].append(Role.objects.create(contact=contact, company=company, job="Owner"))
        made["opportunities"].append(
            Opportunity.objects.create(name=f"Press {company.pk}", company=company, contact=contact, owner=cast.giulia)
        )
        company.note(f"Note on {company.name}")
    return SimpleNamespace(first=first, second=second, **made)


__all__ = ["shared_database"]
