"""Who is acting right now, and through which door. Set once at the door, read wherever an entry is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

#: The doors through which a record can change.
DOORS = ("screen", "api", "import", "automation", "mail", "system")


@dataclass(frozen=True)
class Acting:
    user: Any = None
    door: str = "system"
    batch: Any = None


#: Frozen, so that it can be everybody's beginning.
NOBODY = Acting()
_acting: ContextVar[Acting] = ContextVar("acting", default=NOBODY)


def acting() -> Acting:
    return _acting.get()


@contextmanager
def act_as(user: Any = None, *, door: str | None = None, batch: Any = None) -> Iterator[Acting]:
    """Everything written inside is signed by `user`, and belongs to `batch` if one is given."""
    before = _acting.get()
    now = replace(before, user=user or before.user, door=door or before.door, batch=batch or before.batch)
    token = _acting.set(now)
    try:
        yield now
    finally:
        _acting.reset(token)


_gathered: ContextVar[list[Any] | None] = ContextVar("gathered", default=None)


@contextmanager
def gathering() -> Iterator[list[Any]]:
    """The entries written inside, in their order: what one act did."""
    entries: list[Any] = []
    token = _gathered.set(entries)
    try:
        yield entries
    finally:
        _gathered.reset(token)


def gather(entries: Iterable[Any]) -> None:
    """Tells whoever gathers that these entries were written."""
    gathered = _gathered.get()
    if gathered is not None:
        gathered.extend(entries)


def sign(user: Any, door: str) -> None:
    """From here to the end of the surrounding `act_as`, it is `user` who acts: a key was presented late."""
    _acting.set(replace(_acting.get(), user=user, door=door))
