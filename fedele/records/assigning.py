"""Who gets new records that nobody has yet: asked by import, forms, API and mail, answered by the department with the rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Assigner = Callable[[Sequence[Any], Any], None]

_assigners: dict[str, Assigner] = {}


def assigns(*keys: str) -> Callable[[Assigner], Assigner]:
    """Declares who sets `owner` and `team` of new, unsaved records of these types: (records, user)."""

    def declare(assign: Assigner) -> Assigner:
        for key in keys:
            _assigners[key] = assign
        return assign

    return declare


def assign(key: str, records: Sequence[Any], user: Any) -> None:
    """Inside the transaction that stores them, so that turns are counted with what was given."""
    if key in _assigners and records:
        _assigners[key](records, user)


def is_assigned(key: str) -> bool:
    return key in _assigners
