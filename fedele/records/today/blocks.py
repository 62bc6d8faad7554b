"""Blocks of Today, declared by the departments: `@today_block("names", label=…, icon=…)` on `(user) -> Block or None`.

The function checks by itself what the user may see and answers None to leave the block out. Each block has an address
of its own, /today/block/KEY/, from which it is loaded and renewed alone; what it costs does not grow with the data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

#: Counted up to here; beyond, the block says «99+».
MOST = 99
#: Rows of a block on Today; all it has, up to MOST, are at its own address.
ROWS = 6


@dataclass(frozen=True)
class Act:
    """A button of a row. `posts`: it writes, by a form; `dialog`: it opens in the dialog; otherwise a link."""

    label: str
    url: str
    posts: bool = False
    dialog: bool = False
    key: str = ""


@dataclass(frozen=True)
class Row:
    title: str
    url: str
    line: str = ""
    icon: str = ""
    #: Initials stand in front instead of the icon.
    person: str = ""
    badge: str = ""
    #: of the badge: "", ok, warn, bad, info
    level: str = ""
    act: Act | None = None


@dataclass(frozen=True)
class Block:
    """What one block shows now."""

    rows: list[Row] = field(default_factory=list)
    #: How many there are in all, counted to MOST + 1 at the most; None says nothing.
    count: int | None = None
    #: The list of exactly these; "" where there is none: then the block's own address shows what is in `rows`.
    url: str = ""
    #: Said when there are no rows.
    empty: str = ""
    #: At the right of the heading, in place of the count.
    aside: str = ""
    #: A template of its own, which finds `block` and `given`.
    template: str = "records/today/_rows.html"
    given: dict[str, Any] = field(default_factory=dict)

    @property
    def first(self) -> list[Row]:
        return self.rows[:ROWS]

    @property
    def has_more(self) -> bool:
        """More rows than Today shows: the block's own address shows all of them."""
        return len(self.rows) > ROWS

    @property
    def counted(self) -> str:
        if self.count is None:
            return ""
        return f"{MOST}+" if self.count > MOST else str(self.count)


@dataclass(frozen=True)
class Declared:
    key: str
    label: Any
    icon: str
    #: Keys of the roles that find it on their page by themselves; none: everybody. Who may see it can add it.
    roles: tuple[str, ...]
    order: int
    #: main: the wide column; side: the narrow one.
    column: str
    #: me: about one's own work; team: about that of the people one leads, on the other side of the page.
    scope: str
    #: Record types it shows: when one of these is changed beside it, it is loaded anew.
    heeds: tuple[str, ...]
    #: What is needed to be offered it at all: ("view", "opportunity"), or a question about the user.
    right: Any
    make: Callable[[Any], Block | None]

    def is_for(self, user: Any) -> bool:
        """May this user have it at all?"""
        if callable(self.right):
            return bool(self.right(user))
        return self.right is None or bool(user.rights.may(*self.right))

    def is_usual_for(self, user: Any) -> bool:
        return not self.roles or bool(set(self.roles) & user.rights.role_keys) or not user.rights.role_keys


_blocks: dict[str, Declared] = {}


def today_block(
    key: str,
    *,
    label: Any,
    icon: str,
    roles: tuple[str, ...] = (),
    order: int = 50,
    column: str = "side",
    scope: str = "me",
    heeds: tuple[str, ...] = (),
    right: Any = None,
) -> Callable[[Any], Any]:
    """Declares a block. `order`: the lower, the higher up in its column."""

    def declare(make: Callable[[Any], Block | None]) -> Callable[[Any], Block | None]:
        _blocks[key] = Declared(key, label, icon, roles, order, column, scope, heeds, right, make)
        return make

    return declare


def block_named(key: str) -> Declared | None:
    return _blocks.get(key)


def blocks_for(user: Any, scope: str = "me") -> Iterator[Declared]:
    """All this user may have, in the usual order."""
    for one in sorted(_blocks.values(), key=lambda one: one.order):
        if one.scope == scope and one.is_for(user):
            yield one
