from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from fedele.billing.open_items.models import OpenItem
from fedele.journal.acting import act_as
from fedele.people.companies.models import Company
from fedele.records.exchange.tests.conftest import as_, bring, cast, company, files_of_the_test, giulia, in_english
from fedele.records.page.tests.conftest import opportunity

__all__ = ["as_", "bring", "cast", "company", "files_of_the_test", "giulia", "in_english", "opportunity"]


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def item(cast: dict[str, Any], company: Company, today: dt.date) -> Callable[..., OpenItem]:
    """`item("12", 1000, due=-30)`: an invoice of that amount, due 30 days ago and written 30 days before."""

    def make(document: str, amount: Any, *, due: int = 0, **more: Any) -> OpenItem:
        due_on = today + dt.timedelta(days=due)
        values = {"company": company, "issued_on": due_on - dt.timedelta(days=30), **more}
        made = OpenItem(document=document, amount=Decimal(str(amount)), due_on=due_on, **values)
        with act_as(cast["sara"], door="screen"):
            made.save()
        return OpenItem.objects.get(pk=made.pk)

    return make
