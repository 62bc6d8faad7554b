from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.test import Client

from fedele.access.models import User
from fedele.access.tests.people import administrator, colleague
from fedele.base.house import forget_house


@pytest.fixture(autouse=True)
def forget_attempts(db: None) -> Iterator[None]:
    """Throttling remembers in the cache, which outlives the transaction of a test on some engines."""
    caches["default"].clear()
    for forget in (caches["process"].clear, forget_house):
        forget()
    yield
    for forget in (caches["process"].clear, forget_house):
        forget()


@pytest.fixture
def giulia() -> User:
    return colleague("giulia", "sales_rep")


@pytest.fixture
def sara() -> User:
    return administrator()


@pytest.fixture
def as_sara(client: Client, sara: User) -> Client:
    client.force_login(sara)
    return client
