"""Lists asked as a test asks them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from fedele.records.declare import RecordType
from fedele.records.query import ListQuery


def ids(record_type: RecordType, user: Any, *conditions: str, any_of: str = "") -> set[int]:
    """The records for which all conditions hold; BadFilter for what is no condition."""
    pairs = [("f", one) for one in conditions] + ([("any", any_of)] if any_of else [])
    return set(ListQuery.read(record_type, user, urlencode(pairs), strict=True).records().values_list("pk", flat=True))


def walk(record_type: RecordType, user: Any, query: str) -> list[int]:
    """The whole list, page after page."""
    found, after = [], ""
    while True:
        rows, after = ListQuery.read(record_type, user, f"{query}&after={after}").page(paths=())
        found += [row[0] for row in rows]
        if not after:
            return found
