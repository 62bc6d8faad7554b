"""What is found besides records: texts of a later department that no declaration describes, such as mail.

`seeks("mail", find=…, rows=…)`: shown in the palette after the records, indexed anew with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fedele.records.palette import Item

#: (id, title, body), as the index takes them.
Row = tuple[int, str, str]


@dataclass(frozen=True)
class Seeking:
    #: Rows of the palette for what this user typed; only what they may see.
    find: Callable[[Any, str], list[Item]]
    #: All there is, read in constant memory.
    rows: Callable[[], Iterable[Row]]


_known: dict[str, Seeking] = {}


def seeks(key: str, *, find: Callable[[Any, str], list[Item]], rows: Callable[[], Iterable[Row]]) -> None:
    _known[key] = Seeking(find, rows)


def found_besides(user: Any, text: str) -> list[Item]:
    return [item for one in _known.values() for item in one.find(user, text)]


def rows_besides() -> Iterator[tuple[str, Iterable[Row]]]:
    for key, one in _known.items():
        yield key, one.rows()
