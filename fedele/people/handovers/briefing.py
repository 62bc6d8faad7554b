"""What there is to know about a customer, gathered from every department: each adds its own heading and lines.

    @adds_briefing("company", label=_("Open opportunities"), order=20)
    def open_opportunities(records, reader): return {record.pk: ["Press P200 – Quote, 12,500 €"]}

Asked for many records at once, in the language of whoever is to read it; what the reader may not see is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

Lines = dict[int, list[str]]
Adder = Callable[[Sequence[Any], Any], Lines]

_adders: dict[str, list[tuple[int, Any, Adder]]] = defaultdict(list)

#: Lines a heading shows, and characters of a line: a briefing is read, not searched.
MOST_LINES, LONGEST = 8, 400


def adds_briefing(*keys: str, label: Any, order: int = 50) -> Callable[[Adder], Adder]:
    """Declares a heading of the briefing of these record types."""

    def declare(add: Adder) -> Adder:
        for key in keys:
            _adders[key].append((order, label, add))
            _adders[key].sort(key=lambda one: one[0])
        return add

    return declare


def briefings_of(key: str, records: Sequence[Any], reader: Any) -> dict[int, list[tuple[str, list[str]]]]:
    """For each record its headings with their lines; a heading without lines is left out."""
    found: dict[int, list[tuple[str, list[str]]]] = {record.pk: [] for record in records}
    for _order, label, add in _adders.get(key, ()):
        for pk, lines in add(records, reader).items():
            kept = [line[:LONGEST] for line in lines[:MOST_LINES] if line]
            if kept and pk in found:
                found[pk].append((str(label), kept))
    return found
