"""A working week: for each day from Monday on, the hours somebody works, in minutes since midnight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fedele.calendar.activities.clock import minute_of
from fedele.calendar.hours.words import clock

Span = tuple[int, int]


@dataclass(frozen=True)
class Week:
    days: tuple[tuple[Span, ...], ...]

    @classmethod
    def read(cls, kept: Any) -> Week:
        """From what is kept: [["09:00", "13:00", "14:00", "18:00"], …, []]."""
        return cls(tuple(tuple(zip(*[iter(map(minute_of, day))] * 2, strict=True)) for day in kept))

    def kept(self) -> list[list[str]]:
        return [[clock(at) for span in day for at in span] for day in self.days]

    def minutes(self, weekday: int) -> int:
        return sum(ends - begins for begins, ends in self.days[weekday])

    @property
    def opens(self) -> int:
        """The earliest beginning of any day; what a grid should not hide."""
        return min((day[0][0] for day in self.days if day), default=9 * 60)

    @property
    def closes(self) -> int:
        return max((day[-1][1] for day in self.days if day), default=18 * 60)


_DAY: tuple[Span, ...] = ((9 * 60, 13 * 60), (14 * 60, 18 * 60))
#: What most offices here work, until a company says otherwise: forty hours.
USUAL_WEEK = Week((*[_DAY] * 5, (), ()))


def usual_days() -> list[list[str]]:
    return USUAL_WEEK.kept()


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The hours of several people as one: in which at least one of them works."""
    found: list[Span] = []
    for begins, ends in sorted(spans):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(ends, found[-1][1]))
        else:
            found.append((begins, ends))
    return tuple(found)


def overlap(one: Span, other: Span) -> int:
    """Minutes both have in common."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))
