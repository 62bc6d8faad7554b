from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from fedele.base.tests.sharing import shared_database
from fedele.people.companies.models import Company
from fedele.records.fields import forget_custom_fields
from fedele.records.models import CustomField
from fedele.records.registry import registry
from fedele.sales.opportunities.models import Opportunity


@pytest.fixture
def opportunities(cast: SimpleNamespace) -> Any:
    """The type with fields of every kind: choices, amounts, dates, relations, and the company's own."""
    for kind in CustomField.Kind:
        choices = ["red", "dark red", "è blu"] if kind in ("choice", "multi") else []
        CustomField.objects.create(
            record_type="opportunity", key=f"own_{kind}", label=str(kind), kind=kind, choices=choices
        )
    forget_custom_fields()
    yield registry.by_key("opportunity")
    forget_custom_fields()


@pytest.fixture
def company(cast: SimpleNamespace) -> Company:
    return Company.objects.create(name="Officine Rinaldi", owner=cast.giulia)


@pytest.fixture
def make(cast: SimpleNamespace, company: Company) -> Any:
    """`make(amount=5)`: an opportunity of Giulia's with that company."""

    def opportunity(**values: Any) -> Opportunity:
        values = {"name": "Press", "company": company, "owner": cast.giulia, "amount": Decimal(100), **values}
        return Opportunity.objects.create(**values)

    return opportunity


__all__ = ["shared_database"]
