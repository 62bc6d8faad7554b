"""A key goes to one place."""

from __future__ import annotations

from collections import Counter
from typing import Any

from fedele.ui.menu import _entries


def test_no_two_places_share_their_keys(db: Any) -> None:
    goes = Counter(one.keys for one in _entries.values() if one.keys)
    makes = Counter(one.create[0] for one in _entries.values() if one.create)
    assert [keys for keys, count in (goes + makes).items() if count > 1] == []
