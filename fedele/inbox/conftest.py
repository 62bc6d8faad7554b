"""Who signs certified mail (PEC) in the tests."""

from __future__ import annotations

import pytest

from fedele.inbox.reading.tests.sealing import PROVIDER, Party, party


@pytest.fixture(scope="module")
def authority() -> Party:
    return party("Root", ca=True)


@pytest.fixture(scope="module")
def provider(authority: Party) -> Party:
    return party("Provider", authority, address=PROVIDER)
