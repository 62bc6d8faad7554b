from __future__ import annotations

from fedele.records.exchange.tests.conftest import as_, bring, cast, company, files_of_the_test, giulia, in_english
from fedele.records.page.tests.conftest import contact, lead

__all__ = ["as_", "bring", "cast", "company", "contact", "files_of_the_test", "giulia", "in_english", "lead"]
