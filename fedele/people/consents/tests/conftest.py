from __future__ import annotations

from collections.abc import Iterator

import pytest

from fedele.base.tests.sharing import shared_database
from fedele.people.consents.purposes import forget_purposes
from fedele.people.consents.register.models import forget_days
from fedele.records.page.tests.conftest import as_, cast, company, contact, giulia, lead, opportunity


@pytest.fixture(autouse=True)
def purposes_as_stored() -> Iterator[None]:
    """Not those a test before had in mind."""
    forget_purposes()
    forget_days()
    yield
    forget_purposes()
    forget_days()


__all__ = ["as_", "cast", "company", "contact", "giulia", "lead", "opportunity", "shared_database"]
