"""Which row names the columns, and the names it gives them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from fedele.records.reading.refusals import Row

_LOOK_AT = 20
_LONGEST = 200
_DATUM = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]+|[-+]?[€$£]? ?[0-9][0-9.,/: '%€-]*|https?://.*|www\..*", re.IGNORECASE)


def find_header(rows: Sequence[Row]) -> Row | None:
    """The first row about as full as the others, if it looks like names; titles above it are passed over."""
    filled = [sum(1 for cell in row.cells if str(cell).strip()) for row in rows[:_LOOK_AT]]
    if not filled:
        return None
    enough = median(filled) / 2
    for row, count in zip(rows, filled, strict=False):
        if count >= enough and not row.problem:
            return row if _looks_like_names(row.cells) else None
    return None


def column_names(cells: Sequence[object], width: int) -> list[str]:
    """One distinct name a column, on one line. «Column 7» for the nameless: the same in every language, because
    mappings are remembered by it."""
    names: list[str] = []
    taken: set[str] = set()
    for number in range(1, width + 1):
        given = " ".join(str(cells[number - 1]).split())[:_LONGEST] if number <= len(cells) else ""
        base = name = given or f"Column {number}"
        again = 2
        while name.casefold() in taken:
            name, again = f"{base} ({again})", again + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def useful_width(header: Row | None, rows: Sequence[Row]) -> int:
    """How many columns the table has: nameless ones at the end count only where some row fills them."""
    named = max((i for i, cell in enumerate(header.cells if header else (), 1) if str(cell).strip()), default=0)
    sound = [row.cells for row in rows if not row.problem]
    if header is None:
        return max((len(cells) for cells in sound), default=0)
    allowed = len(header.cells)
    used = (i for cells in sound for i in range(min(len(cells), allowed), named, -1) if str(cells[i - 1]).strip())
    return max(named, max(used, default=0))


def _looks_like_names(cells: Sequence[object]) -> bool:
    texts = [str(cell).strip() for cell in cells if str(cell).strip()]
    data = sum(1 for text in texts if type(text) is not str or _DATUM.fullmatch(text))
    return bool(texts) and data <= len(texts) / 5
