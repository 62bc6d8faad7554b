"""What the problems of a file have in common, so that many are mended or given up in one go."""

from __future__ import annotations

from collections import Counter
from typing import Any

from fedele.records.exchange.checked import Checked
from fedele.records.exchange.intake import kind_of

#: Kinds of problems, and values that are wrong again and again, that a page offers.
OFFERED = 12
#: Different wrong values that are counted at once; a file full of them is another matter.
MOST_VALUES = 50_000


class Common:
    """Counts of what rows have in common; rows can be taken out again, as they are mended."""

    def __init__(self, kept: dict[str, Any] | None = None) -> None:
        kept = kept or {}
        #: {(column, message): rows}, {(column, value): rows}, {record type of what they are like: rows}
        self.kinds = Counter({(column, message): n for column, message, n in kept.get("kinds", ())})
        self.values = Counter({(column, value): n for column, value, n in kept.get("values", ())})
        self.alike: Counter[str] = Counter(kept.get("alike", {}))

    def count(self, row: Checked, cells: list[str], places: dict[str, int], times: int = 1) -> None:
        """`cells`: as they were put right."""
        if row.fate == "duplicate" and row.matches:
            self.alike[row.matches[0][0]] += times
        if row.fate != "problem":
            return
        for kind in {tuple(kind_of(column, message).split("|", 1)) for column, message in row.reasons}:
            self.kinds[kind] += times  # type: ignore[index]
        for column in row.wrong:
            at = places.get(column, -1)
            if 0 <= at < len(cells) and cells[at].strip():
                self.values[column, cells[at].strip()[:200]] += times
        if len(self.values) > MOST_VALUES:
            self.values = Counter(dict(self.values.most_common(MOST_VALUES // 2)))

    def kept(self) -> dict[str, Any]:
        return {
            "kinds": [[column, message, n] for (column, message), n in self.kinds.most_common(OFFERED) if n > 0],
            "values": [[column, value, n] for (column, value), n in self.values.most_common(OFFERED) if n > 1],
            "alike": {key: n for key, n in self.alike.items() if n > 0},
        }
