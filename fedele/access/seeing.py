"""The gate asked the other way round: of these people, who may see this very record?"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import prefetch_related_objects

from fedele.access.reach import Rights, ids_below


def who_sees(record: Any, users: Iterable[Any], right: str = "view") -> list[Any]:
    """In their order. A statement for the roles of all, and one for each team whose leaders see those below."""
    known = [user for user in users if user.is_active]
    prefetch_related_objects(known, "roles")
    below = cache(ids_below)
    return [user for user in known if record.is_alive and Rights.of(user, below).covers(record, right)]
