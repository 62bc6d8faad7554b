"""What there is to know about a customer, gathered from every department: each adds its own heading and lines.

    @adds_briefing("company", label=_("Open opportunities"), order=20, phone=30)
    def open_opportunities(records, reader): return {record.pk: ["Press P200 – Quote, 12,500 €"]}

One declaration serves whoever takes a customer over, whoever answers the phone, and the dossier one carries along. Asked for
many records at once, in the language of whoever is to read it; what the reader may not see is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Self


class Line(str):
    """A line that leads somewhere, or is to be seen first; wherever only words count it is its words."""

    __slots__ = ("level", "url")

    #: The address of what it is about; "" for none.
    url: str
    #: "", warn, bad
    level: str

    def __new__(cls, text: str, url: str = "", level: str = "") -> Self:
        line = super().__new__(cls, text)
        line.url, line.level = url, level
        return line


Lines = dict[int, list[str]]
Adder = Callable[[Sequence[Any], Any], Lines]


@dataclass(frozen=True)
class Heading:
    key: str
    label: Any
    add: Adder
    order: int
    #: Its place when the phone rings; 0: not there.
    phone: int
    handed_over: bool


_headings: dict[str, list[Heading]] = defaultdict(list)

#: Lines a heading shows, and characters of a line: a briefing is read, not searched.
MOST_LINES, LONGEST = 8, 400
#: While it rings one glance has to do.
GLANCE = 4
#: On paper there is room for more.
PRINTED_LINES, PRINTED = 30, 2_000

_handing_over: ContextVar[bool] = ContextVar("handing_over", default=False)


def adds_briefing(
    *keys: str, label: Any, order: int = 50, phone: int = 0, handed_over: bool = True
) -> Callable[[Adder], Adder]:
    """Declares a heading of the briefing of these record types; without `handed_over` it is for phone and dossier alone."""

    def declare(add: Adder) -> Adder:
        for key in keys:
            _headings[key].append(Heading(add.__name__, label, add, order, phone, handed_over))
        return add

    return declare


@contextmanager
def handing_over() -> Iterator[None]:
    """Within, the reader is told what will be theirs even if only the giver may see it today."""
    token = _handing_over.set(True)
    try:
        yield
    finally:
        _handing_over.reset(token)


def is_handing_over() -> bool:
    return _handing_over.get()


def known_to(reader: Any, objects: Any) -> Any:
    """Of these records those the reader is told of."""
    return objects.filter(trashed_at=None) if _handing_over.get() else objects.visible_to(reader)


def read_once(
    records: Sequence[Any], reader: Any, name: str, read: Callable[[], dict[int, list[Any]]]
) -> dict[int, list[Any]]:
    """What several headings are made of, read in one statement and kept with the records for this reader."""
    kept = f"_briefing {name} {reader.pk} {is_handing_over()}"
    if any(kept not in one.__dict__ for one in records):
        found = read()
        for one in records:
            one.__dict__[kept] = found.get(one.pk, [])
    return {one.pk: one.__dict__[kept] for one in records}


def briefings_of(key: str, records: Sequence[Any], reader: Any) -> dict[int, list[tuple[str, list[str]]]]:
    """For each record its headings with their lines, for whoever takes it over."""
    with handing_over():
        return _told([one for one in headings_of(key) if one.handed_over], records, reader)


def phone_briefing(key: str, record: Any, reader: Any) -> list[tuple[str, list[str]]]:
    """What to know while the phone rings, in the order in which it is asked."""
    wanted = sorted((one for one in headings_of(key) if one.phone), key=lambda one: one.phone)
    return _told(wanted, [record], reader, most=GLANCE)[record.pk]


def dossier_of(key: str, record: Any, reader: Any, chosen: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The chosen headings, by their keys, in their usual order."""
    wanted = [one for one in headings_of(key) if one.key in chosen]
    return _told(wanted, [record], reader, most=PRINTED_LINES, longest=PRINTED)[record.pk]


def headings_of(key: str) -> list[Heading]:
    return sorted(_headings.get(key, ()), key=lambda one: one.order)


def _told(
    headings: Sequence[Heading], records: Sequence[Any], reader: Any, *, most: int = MOST_LINES, longest: int = LONGEST
) -> dict[int, list[tuple[str, list[str]]]]:
    """A heading without lines is left out."""
    found: dict[int, list[tuple[str, list[str]]]] = {record.pk: [] for record in records}
    for one in headings:
        for pk, lines in one.add(records, reader).items():
            kept = [_shortened(line, longest) for line in lines[:most] if line]
            if kept and pk in found:
                found[pk].append((str(one.label), kept))
    return found


def _shortened(line: str, longest: int) -> Line:
    return Line(line[:longest], getattr(line, "url", ""), getattr(line, "level", ""))
