from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client


@pytest.fixture
def as_(cast: SimpleNamespace) -> Callable[[str], Client]:
    """`as_("luca")`: a browser in which Luca has just signed in."""

    def browser(name: str) -> Client:
        client = Client()
        client.force_login(getattr(cast, name))
        return client

    return browser
