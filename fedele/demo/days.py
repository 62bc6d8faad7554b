"""The three years the demo company has lived, until yesterday evening: when people work, and when customers buy.

A moment is a whole number: seconds of local time since the first midnight. That makes a million of them cheap.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

YEARS = 3
DAY = 86_400
HOUR = 3_600
ZONE = ZoneInfo("Europe/Rome")
_HOLIDAYS = {(1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 24), (12, 25), (12, 26), (12, 31)}
#: How much customers ask for in each month, against an ordinary one.
_SEASON = (0.85, 1.0, 1.2, 1.05, 1.15, 1.0, 0.9, 0.25, 1.2, 1.3, 1.2, 0.7)
_GROWTH_A_YEAR = 0.12


class Days:
    """The days from three years before `today` until yesterday; day 0 is the first."""

    def __init__(self, today: dt.date) -> None:
        self.today = today
        self.first = today.replace(year=today.year - YEARS, day=min(today.day, 28))
        self.count = (today - self.first).days
        self.end = self.count * DAY
        dates = [self.first + dt.timedelta(days=number) for number in range(self.count + 400)]
        self.dates = dates
        self.isos = [date.isoformat() for date in dates]
        self.works = [date.weekday() < 5 and (date.month, date.day) not in _HOLIDAYS for date in dates]
        self._next = self._next_working()
        self._last = max(number for number in range(self.count) if self.works[number])
        self._offsets = [_offset_minutes(date) for date in dates]
        self._clock = [f" {minute // 60:02}:{minute % 60:02}:" for minute in range(24 * 60)]
        self._seconds = [f"{second:02}" for second in range(60)]
        self._demand = list(accumulate(self._weight(number) for number in range(self.count)))

    def _next_working(self) -> list[int]:
        found = [len(self.works) - 1] * len(self.works)
        for number in range(len(self.works) - 2, -1, -1):
            found[number] = number if self.works[number] else found[number + 1]
        return found

    def _weight(self, number: int) -> float:
        if not self.works[number]:
            return 0.0
        date = self.dates[number]
        quiet = 0.15 if date.month == 8 and date.day > 6 else 1.0
        return _SEASON[date.month - 1] * quiet * (1 + _GROWTH_A_YEAR * number / 365)

    def demand(self, count: int) -> list[int]:
        """`count` days in order, as customers ask: always the same, more in March and October, none on holidays."""
        total = self._demand[-1]
        return [bisect_left(self._demand, (number + 0.5) / count * total) for number in range(count)]

    def working(self, number: int) -> int:
        """This day, or the next on which people work."""
        return self._next[number]

    def at_work(self, random: Random, number: int) -> int:
        """Some moment of day `number` between eight and half past six, or of the working day next to it."""
        return min(self._next[number], self._last) * DAY + 29_400 + int(random.random() * 36_600)

    def later(self, random: Random, moment: int, days: float) -> int:
        """A moment at work, `days` days after `moment`, at least a quarter of an hour later."""
        number = self._next[min(int((moment + days * DAY) // DAY), len(self._next) - 1)]
        return max(number * DAY + 29_400 + int(random.random() * 36_600), moment + 900)

    def stamp(self, moment: int) -> str:
        """In UTC, as both databases take it: «2026-11-20 16:05:33»."""
        number, second = divmod(moment, DAY)
        minute = second // 60 - self._offsets[number]
        return self.isos[number] + self._clock[minute] + self._seconds[second % 60]

    def iso(self, moment: int) -> str:
        """In UTC, as the journal writes moments: «2026-11-20T16:05:33+00:00»."""
        return f"{self.stamp(moment).replace(' ', 'T')}+00:00"


def _offset_minutes(date: dt.date) -> int:
    offset = dt.datetime(date.year, date.month, date.day, 12, tzinfo=ZONE).utcoffset()
    assert offset is not None
    return int(offset.total_seconds()) // 60
