from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation


@pytest.fixture
def in_english(cast: Any) -> Any:
    type(cast.giulia).objects.update(language="en")
    with translation.override("en"):
        yield
