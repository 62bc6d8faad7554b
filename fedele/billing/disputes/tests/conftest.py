from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from fedele.billing.disputes.models import Dispute
from fedele.journal.acting import act_as
from fedele.records.exchange.tests.conftest import as_, cast, company, files_of_the_test, giulia, in_english

__all__ = ["as_", "cast", "company", "files_of_the_test", "giulia", "in_english"]


@pytest.fixture
def dispute(giulia: Any, company: Any) -> Dispute:
    with act_as(giulia, door="screen"):
        made = Dispute(subject="Damaged press", company=company, reason="goods", amount=Decimal("1200.50"))
        made.save()
    return Dispute.objects.get(pk=made.pk)
