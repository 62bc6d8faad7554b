"""What a later department adds to the pages of an earlier one's records: sales on a company, consents on a contact.

Each is a function `(record, user)` that checks by itself what the user may see and answers with nothing to add nothing. Pages ask
all of them, so each may cost one statement, and the earlier department names no later one.
What most records have none of asks nothing there: `asks_beforehand` and `may_have` of records/beforehand.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Banner:
    """A line above the head of a page that something is known or to be decided: possible duplicates, a merge."""

    text: str
    #: info, ok, warn, bad
    level: str = "info"
    url: str = ""
    action: str = ""
    #: The action writes: it is sent as a form.
    posts: bool = False


@dataclass(frozen=True)
class MenuEntry:
    """An entry of the page's menu that is no verb of the record."""

    label: str
    url: str
    icon: str = ""
    #: Opens in the dialog instead of on a page of its own.
    dialog: bool = False
    #: The key that opens it.
    key: str = ""
    #: A button beside the menu rather than a line in it.
    in_head: bool = False


@dataclass(frozen=True)
class ComposerTab:
    """What can be added above the timeline of a page: a note, a call, an e-mail."""

    name: str
    label: Any
    icon: str
    #: The letter that opens it.
    key: str
    order: int
    #: What a record without a story is begun with, as an invitation: "Call and introduce yourself".
    first_step: Any = ""
    #: Added to the address for that: "?kind=meeting".
    first_query: str = ""
    #: Has a button of its own in the head of the page, too.
    in_head: bool = False
    #: Where its form is; a GET answers the form alone to htmx, and a page of its own to whoever has none.
    address: str = ""


@dataclass(frozen=True)
class Chip:
    """A badge beside the name that says more on hover and focus, and opens a dialog with the rest."""

    text: str
    #: "", info, ok, warn, bad
    level: str
    url: str
    tip: str = ""
    #: The field whose badge need not stand beside it, as this says the same more exactly.
    instead_of: str = ""


@dataclass(frozen=True)
class BulkAct:
    """What can be done with the chosen rows of a list that is no verb: a dialog that is posted `ids`, `all` and `query`."""

    label: Any
    url: str
    icon: str = ""


#: Where a block stands, its template, and what answers its context, None for nothing to show.
AddedPanel = tuple[int, str, Callable[[Any, Any], dict[str, Any] | None]]
#: In place of a key: the pages of all record types.
EVERY = "*"
#: What stands in the way of dialling or writing: kind of address ("phone", "email") → (why, address of a dialog that says more).
Hindrances = dict[str, tuple[str, str]]

_hindrances: dict[str, list[Callable[[Any, Any], Hindrances]]] = defaultdict(list)
_tiles: dict[str, list[Callable[[Any, Any], list[dict[str, Any]]]]] = defaultdict(list)
_warnings: dict[str, list[Callable[[Any, Any], list[tuple[str, str]]]]] = defaultdict(list)
_chips: dict[str, list[Callable[[Any, Any], list[Chip]]]] = defaultdict(list)
_bulk: dict[str, list[Callable[[Any], BulkAct | None]]] = defaultdict(list)
_banners: dict[str, list[Callable[[Any, Any], list[Banner]]]] = defaultdict(list)
_menu: dict[str, list[Callable[[Any, Any], list[MenuEntry]]]] = defaultdict(list)
_composers: dict[str, list[tuple[ComposerTab, Callable[[Any, Any], str]]]] = defaultdict(list)
_panels: dict[str, list[AddedPanel]] = defaultdict(list)


#: What also speaks of a whole group of records, by `scope_of`; of other blocks and tiles a group shows none.
_of_group: set[Callable[..., Any]] = set()


def adds_tiles(*keys: str, of_group: bool = False) -> Callable[[Any], Any]:
    """Tiles of the situation strip: [{"label", "value", "named", "note", "url", "level"}], by their "order" where one says it.

    What a number is about is "named": whose sum it is, what was promised.
    """
    return _adding(_tiles, keys, of_group)


def adds_warnings(*keys: str) -> Callable[[Any], Any]:
    """Badges beside the name: [(level, text)]."""
    return _adding(_warnings, keys)


def adds_chips(*keys: str) -> Callable[[Any], Any]:
    return _adding(_chips, keys)


def adds_bulk(*keys: str) -> Callable[[Any], Any]:
    """A further button above the chosen rows: a function of the user, None for who may not."""
    return _adding(_bulk, keys)


def adds_banners(*keys: str) -> Callable[[Any], Any]:
    return _adding(_banners, keys)


def adds_menu(*keys: str) -> Callable[[Any], Any]:
    return _adding(_menu, keys)


def adds_hindrances(*keys: str) -> Callable[[Any], Any]:
    """Why the buttons to call and to write ask first."""
    return _adding(_hindrances, keys)


def adds_panel(*keys: str, template: str, of_group: bool = False, order: int = 60) -> Callable[[Any], Any]:
    """A block at the right: what its template finds as `given`; None leaves it out.

    Those the record type declares itself stand at 10, 20, 30 …: what is open now belongs above what is known.
    """

    def declare(context: Any) -> Any:
        _of_group.update([context] if of_group else [])
        for key in keys:
            _panels[key].append((order, template, context))
        return context

    return declare


def adds_composer(
    *keys: str,
    name: str,
    label: Any,
    icon: str,
    key: str = "",
    order: int = 50,
    first_step: Any = "",
    first_query: str = "",
    in_head: bool = False,
) -> Callable[[Callable[[Any, Any], str]], Any]:
    """A tab of the composer: a function `(record, user)` that answers where its form is, "" where there is none.

    A form that was sent well answers with `told` of records/page/answering.py: the page then tells its story anew.
    """

    tab = ComposerTab(name, label, icon, key, order, first_step, first_query, in_head)

    def declare(address: Callable[[Any, Any], str]) -> Any:
        for one in keys:
            _composers[one].append((tab, address))
        return address

    return declare


def _adding(kept: dict[str, list[Any]], keys: tuple[str, ...], of_group: bool = False) -> Callable[[Any], Any]:
    def declare(add: Any) -> Any:
        _of_group.update([add] if of_group else [])
        for key in keys:
            kept[key].append(add)
        return add

    return declare


def added_tiles(key: str, record: Any, user: Any) -> list[dict[str, Any]]:
    adding = (add for add in (*_tiles.get(EVERY, ()), *_tiles.get(key, ())) if _speaks(add, record))
    return [tile for add in adding for tile in add(record, user)]


def added_warnings(key: str, record: Any, user: Any) -> list[tuple[str, str]]:
    return [one for add in (*_warnings.get(EVERY, ()), *_warnings.get(key, ())) for one in add(record, user)]


def added_chips(key: str, record: Any, user: Any) -> list[Chip]:
    return [one for add in (*_chips.get(EVERY, ()), *_chips.get(key, ())) for one in add(record, user)]


def added_bulk(key: str, user: Any) -> list[BulkAct]:
    return [one for add in _bulk.get(key, ()) if (one := add(user)) is not None]


def added_banners(key: str, record: Any, user: Any) -> list[Banner]:
    return [one for add in (*_banners.get(EVERY, ()), *_banners.get(key, ())) for one in add(record, user)]


def added_menu(key: str, record: Any, user: Any) -> list[MenuEntry]:
    return [one for add in (*_menu.get(EVERY, ()), *_menu.get(key, ())) for one in add(record, user)]


def added_hindrances(key: str, record: Any, user: Any) -> Hindrances:
    """The first reason for each kind of address."""
    found: Hindrances = {}
    for add in _hindrances.get(key, ()):
        found = {**add(record, user), **found}
    return found


def added_panels(key: str, record: Any) -> list[AddedPanel]:
    return [one for one in (*_panels.get(EVERY, ()), *_panels.get(key, ())) if _speaks(one[2], record)]


def added_composers(key: str, record: Any, user: Any) -> list[ComposerTab]:
    """The tabs this user has, in order."""
    asked = ((tab, address(record, user)) for tab, address in (*_composers.get(EVERY, ()), *_composers.get(key, ())))
    return sorted((replace(tab, address=address) for tab, address in asked if address), key=lambda tab: tab.order)


def widen(record: Any, ids: list[int]) -> None:
    """From here on the pages, tiles and blocks of `record` speak of all these records of its type."""
    record.__dict__["_scope"] = ids


def scope_of(record: Any) -> list[int]:
    """Of which records of its type a page speaks: of itself, or of the whole group a reader asked for."""
    return record.__dict__.get("_scope") or [record.pk]


def is_wide(record: Any) -> bool:
    return bool(record.__dict__.get("_scope"))


def _speaks(add: Callable[..., Any], record: Any) -> bool:
    return add in _of_group or not is_wide(record)
