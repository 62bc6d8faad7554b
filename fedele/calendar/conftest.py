"""What the stories of this department begin with."""

from __future__ import annotations

from typing import Any

import pytest

from fedele.base.tests.sharing import shared_database
from fedele.calendar.models import Activity
from fedele.journal.acting import act_as

__all__ = ["plan", "shared_database"]


@pytest.fixture
def plan() -> Any:
    """`plan(giulia, due_on="2026-11-23")`: something she has planned."""

    def planned(user: Any, **values: Any) -> Activity:
        activity = Activity(**{"kind": "call", "subject": "Richiamare per la pressa", "owner": user, **values})
        with act_as(user, door="screen"):
            activity.save()
        activity.refresh_from_db()
        return activity

    return planned
