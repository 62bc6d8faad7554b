from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from fedele.access.keys import ApiKey
from fedele.people.companies.models import Company


class Program:
    """Calls the API with a key."""

    def __init__(self, secret: str) -> None:
        self.client = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {secret}"})

    def __call__(self, method: str, address: str, body: Any = None, **more: Any) -> Any:
        content = body if isinstance(body, bytes | str) else json.dumps(body)
        return self.client.generic(
            method, f"/api/v1/{address}", content if body is not None else "", content_type="application/json", **more
        )


@pytest.fixture
def program(cast: SimpleNamespace) -> Program:
    """Giulia's."""
    return Program(ApiKey.make(cast.giulia, "tests")[1])


@pytest.fixture
def company(cast: SimpleNamespace) -> Company:
    return Company.objects.create(name="Alfa", city="Brescia", owner=cast.giulia)
