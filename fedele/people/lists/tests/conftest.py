from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from fedele.records.page.tests.conftest import as_, cast, company, contact, giulia, lead, opportunity

__all__ = ["as_", "cast", "company", "contact", "giulia", "lead", "opportunity"]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield
