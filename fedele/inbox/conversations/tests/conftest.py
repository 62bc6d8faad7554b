"""A customer of Giulia's, and colleagues in a browser that speaks English."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from fedele.access.models import User
from fedele.people.companies.models import Company


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def rinaldi(cast: Any) -> Any:
    User.objects.update(language="en")
    for one in vars(cast).values():
        one.language = "en"
    return Company.objects.create(name="Officine Rinaldi", owner=cast.giulia)


@pytest.fixture
def as_(cast: Any) -> Callable[..., Client]:
    def enter(who: str) -> Client:
        client = Client(headers={"Accept-Language": "en"})
        client.force_login(getattr(cast, who))
        return client

    return enter
