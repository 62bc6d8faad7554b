from __future__ import annotations

from typing import Any

import pytest

from fedele.journal.acting import act_as
from fedele.people.models import Company, Contact, Lead
from fedele.records.page.tests.conftest import as_, cast, giulia

__all__ = ["as_", "cast", "giulia"]


@pytest.fixture
def made(giulia: Any, django_capture_on_commit_callbacks: Any) -> Any:
    """`made(Lead(…))`: stored as Giulia's unless it says whose it is, and looked at as after a commit."""

    def store(*records: Any, by: Any = None, door: str = "screen") -> Any:
        with act_as(by or giulia, door=door), django_capture_on_commit_callbacks(execute=True):
            for record in records:
                record.owner = record.owner or by or giulia
                record.save()
        return records[0] if len(records) == 1 else records

    return store


@pytest.fixture
def twins(made: Any) -> tuple[Any, Any]:
    """Two spellings of one company."""
    first = made(
        Company(name="Meccanica Bresciana S.r.l.", city="Brescia", phone="+390303312450", email="info@mecbs.example")
    )
    second = made(
        Company(name="Mecc. Bresciana srl", city="Brescia", phone="+390303312450", email="info@mecbs.example")
    )
    return first, second


@pytest.fixture
def trio(made: Any) -> tuple[Any, Any, Any]:
    """A customer, the person there, and the same person as a lead."""
    company = made(
        Company(name="Tosi Stampi S.r.l.", city="Lecco", province="LC", kind="customer", phone="+390341284000")
    )
    contact = made(Contact(first_name="Paolo", last_name="Tosi", company=company, email="paolo@tosistampi.example"))
    lead = made(
        Lead(
            first_name="Paolo", last_name="Tosi", company_name="Tosi Stampi", city="Lecco", province="LC",
            email="paolo@tosistampi.example", phone="+390341284000",
        )
    )  # fmt: skip
    return company, contact, lead
