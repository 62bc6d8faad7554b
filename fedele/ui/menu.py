"""The menu: each department adds its section and entries when it starts; everyone sees those they have a right to."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import caches
from django.urls import reverse

#: Seconds a counter beside an entry may lag behind.
BADGE_AGE = 30

#: ("view", "company"), "administrator", a question about the user, or nothing: for everybody.
Right = tuple[str, str] | str | Callable[[Any], bool] | None


@dataclass(frozen=True)
class Entry:
    section: str
    key: str
    label: Any
    url: str
    icon: str
    keys: str = ""
    right: Right = None
    badge: Callable[[Any], int] | None = None
    #: keys, label and address of the page that makes a new one
    create: tuple[str, Any, str] | None = None
    #: Place within the section: the lower, the higher up.
    order: int = 50


@dataclass(frozen=True)
class Item:
    key: str
    label: Any
    url: str
    icon: str
    keys: str = ""
    count: int = 0


@dataclass
class Section:
    key: str
    label: Any
    order: int = 0
    items: list[Item] = field(default_factory=list)


_sections: dict[str, Section] = {}
_entries: dict[str, Entry] = {}
_personal: dict[str, Entry] = {}
_tabs: dict[str, Entry] = {}


def section(key: str, label: Any, order: int) -> None:
    """A heading of the menu; an empty `label` shows none."""
    _sections[key] = Section(key, label, order)


def entry(
    section: str,
    key: str,
    label: Any,
    url: str,
    icon: str,
    *,
    keys: str = "",
    right: Right = None,
    badge: Callable[[Any], int] | None = None,
    create: tuple[str, Any, str] | None = None,
    order: int = 50,
) -> None:
    """A line of the menu. `url` is an address or the name of one; `keys` such as "g a" go there."""
    _entries[key] = Entry(section, key, label, url, icon, keys, right, badge, create, order)


def personal(key: str, label: Any, url: str, icon: str, *, right: Right = None) -> None:
    """A line of the menu behind one's own initials."""
    _personal[key] = Entry("", key, label, url, icon, right=right)


def personal_tab(key: str, label: Any, url: str, *, right: Right = None, order: int = 50) -> None:
    """A further page about oneself, under Profile: its template extends access/personal.html with `here = key`."""
    _tabs[key] = Entry("", key, label, url, "", right=right, order=order)


def personal_tabs_for(user: Any) -> list[tuple[str, Any, str, None]]:
    """(key, label, address, None) of the pages departments add to Profile."""
    wanted = sorted(_tabs.values(), key=lambda one: one.order)
    return [(one.key, one.label, address(one.url), None) for one in wanted if allowed(user, one.right)]


def personal_for(user: Any) -> list[Item]:
    return [
        Item(one.key, one.label, address(one.url), one.icon) for one in _personal.values() if allowed(user, one.right)
    ]


def menu_for(user: Any) -> list[Section]:
    found = {key: Section(one.key, one.label, one.order) for key, one in _sections.items()}
    for one in sorted(_entries.values(), key=lambda one: one.order):
        if allowed(user, one.right):
            item = Item(one.key, one.label, address(one.url), one.icon, one.keys, _count(one, user))
            found[one.section].items.append(item)
    return sorted((one for one in found.values() if one.items), key=lambda one: one.order)


def creates_for(user: Any) -> list[Item]:
    """What the quick-create menu offers."""
    found = []
    for one in sorted(_entries.values(), key=lambda one: one.order):
        if one.create and allowed(user, ("create", one.right[1]) if isinstance(one.right, tuple) else one.right):
            keys, label, url = one.create
            found.append(Item(one.key, label, address(url), one.icon, keys))
    return found


def allowed(user: Any, right: Right) -> bool:
    if right is None:
        return True
    if isinstance(right, tuple):
        return bool(user.rights.may(*right))
    return bool(right(user)) if callable(right) else bool(user.is_administrator)


@functools.cache
def address(url: str) -> str:
    return url if url.startswith("/") else reverse(url)


def _count(one: Entry, user: Any) -> int:
    if one.badge is None:
        return 0
    badge = one.badge
    return int(caches["process"].get_or_set(f"badge:{one.key}:{user.pk}", lambda: badge(user), BADGE_AGE) or 0)
