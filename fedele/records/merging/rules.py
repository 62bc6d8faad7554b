"""What departments say about merging their records and the rows that belong to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Together:
    """Fields that are chosen as one: half of one address and half of another is no address."""

    label: Any
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Merging:
    """How records of a type are merged. A type without one is not merged at all."""

    #: Identity data: two different values say that these are two, and merging must be confirmed.
    distinct: tuple[str, ...] = ()
    together: tuple[Together, ...] = ()
    #: Values of choices, the furthest along first: a customer is more than a prospect.
    ranks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: Fields one may choose here though no form asks for them.
    also: tuple[str, ...] = ()


#: (the act, the pointer) → None: moves the rows that can be, and leaves the others with the record that goes.
Mover = Callable[[Any, Any], None]
_movers: dict[tuple[str, str], Mover] = {}
#: Tables that keep what was, or are worked out anew from the records: a merge leaves their rows as they are.
_left: set[str] = {"journal.entry", "journal.link", "records.mergedrecord", "records.movedrow", "access.sight"}


def merges(model: str, field: str) -> Callable[[Mover], Mover]:
    """Declares who moves the rows of "app.model" that point by `field` at a merged record, instead of the usual way.

    Without it rows are moved unless that would break a rule of uniqueness; what is not moved stays with the record
    that goes, and is there again when the merge is taken apart.
    """

    def declare(move: Mover) -> Mover:
        _movers[model.lower(), field] = move
        return move

    return declare


def leaves(*models: str) -> None:
    """Rows of these tables ("app.model") are never moved: records of what was, or kept in step by their own department."""
    _left.update(model.lower() for model in models)


def mover_of(model: str, field: str) -> Mover | None:
    return _movers.get((model, field))


def is_left(model: str) -> bool:
    return model in _left
