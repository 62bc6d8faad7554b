"""Which stored records a new one perhaps is: asked by forms, import and API, answered by the department that knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Likeness:
    """A stored record that another is like. It may be of another record type: a lead who is a known contact."""

    record_type: str
    record_id: int
    title: str
    #: 0 (nothing in common) to 1.
    score: float
    #: Certainly the same; otherwise a person should look.
    is_sure: bool
    #: Why, in words of the reader's language: "same phone", "surname 92 % alike".
    reasons: list[str] = field(default_factory=list)


#: Records of one type with ids one after the other: (record type, first, last).
Span = tuple[str, int, int]
Finder = Callable[[Sequence[Any], Any, Sequence[Span]], list[list[Likeness]]]

_finders: dict[str, Finder] = {}


def finds_likeness(*keys: str) -> Callable[[Finder], Finder]:
    """Declares who finds what records of these types are like: (records, user, apart from) → for each, the likest first.

    The records may be unsaved. What the user may not see is left out.
    """

    def declare(find: Finder) -> Finder:
        for key in keys:
            _finders[key] = find
        return find

    return declare


def likeness_of(key: str, records: Sequence[Any], user: Any, apart_from: Sequence[Span] = ()) -> list[list[Likeness]]:
    """For each record what it is like, but for what `apart_from` names; empty lists where nobody knows."""
    find = _finders.get(key)
    return find(records, user, apart_from) if find and records else [[] for _record in records]


def is_compared(key: str) -> bool:
    return key in _finders
