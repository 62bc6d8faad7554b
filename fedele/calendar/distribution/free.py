"""Free hours: between what takes up somebody's time, in the hours they work, when they are there."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from fedele.calendar.activities.clock import minute_of
from fedele.calendar.activities.models import Activity
from fedele.calendar.activities.spanning import TAKING_TIME, during
from fedele.calendar.hours.times import Times, times_of
from fedele.calendar.hours.week import Span
from fedele.calendar.hours.words import clock
from fedele.people.assignment.presence import Absence

#: Days ahead in which a free hour is looked for, and the grid its beginning falls on.
AHEAD, GRID = 14, 30
MOST, MOST_SERIES = 2_000, 500
TOLD = (
    "owner_id", "state", "due_on", "due_at", "minutes", "until_on", "until_at", "repeats", "repeats_until", "skips",
)  # fmt: skip


@dataclass(frozen=True)
class Slot:
    day: dt.date
    at: str


@dataclass
class Taken:
    """When some people are busy, when they are away and when they work, on the days asked for."""

    spans: dict[tuple[int, dt.date], list[Span]]
    away: dict[int, list[tuple[dt.date, dt.date]]]
    times: Times = field(default_factory=Times)

    def is_away(self, user_id: int, day: dt.date) -> bool:
        return any(first <= day <= last for first, last in self.away.get(user_id, ()))

    def meets(self, user_id: int, day: dt.date, at: str, minutes: int) -> list[Span]:
        """What lies in the way of something from then on."""
        begins = minute_of(at)
        return [span for span in self.spans.get((user_id, day), ()) if span[0] < begins + minutes and begins < span[1]]

    def is_within_hours(self, user_id: int, day: dt.date, at: str, minutes: int) -> bool:
        """A pause in between does no harm."""
        worked, begins = self.times.spans(user_id, day), minute_of(at)
        return bool(worked) and worked[0][0] <= begins and begins + minutes <= worked[-1][1]

    def first_free(self, user_id: int, day: dt.date, minutes: int, after: int = 0) -> Slot | None:
        """The first room of `minutes`, on `day` after that minute or on one of the next days; None in the next two weeks."""
        for ahead in range(AHEAD):
            on = day + dt.timedelta(days=ahead)
            if self.is_away(user_id, on):
                continue
            taken, begins = self.spans.get((user_id, on), ()), after if ahead == 0 else 0
            for worked in _halves(self.times.spans(user_id, on), minutes):
                if (at := _room(taken, worked, minutes, begins)) is not None:
                    return Slot(on, clock(at))
        return None


def _halves(worked: tuple[Span, ...], minutes: int) -> tuple[Span, ...]:
    """The hours before and after the pause; what is longer than either goes on over it."""
    if worked and all(ends - begins < minutes for begins, ends in worked):
        return ((worked[0][0], worked[-1][1]),)
    return worked


def _room(spans: Iterable[Span], worked: Span, minutes: int, after: int) -> int | None:
    at = -(-max(worked[0], after) // GRID) * GRID
    for begins, ends in sorted(spans):
        if at + minutes <= begins:
            break
        if ends > at:
            at = -(-ends // GRID) * GRID
    return at if at + minutes <= worked[1] else None


def taken_by(ids: list[int], first: dt.date, last: dt.date, *, but: int | None = None) -> Taken:
    """Five statements. Also of activities one may not see: of these only that the time is taken. `but`: leaves one out."""
    planned = Activity.objects.filter(TAKING_TIME, owner_id__in=ids, state="planned", trashed_at=None)
    planned = planned.exclude(pk=but) if but else planned
    spans: dict[tuple[int, dt.date], list[Span]] = defaultdict(list)
    for one in planned.filter(during(first, last)).only(*TOLD).order_by()[:MOST]:
        _take(spans, one, one.due_on)
    for one in planned.filter(due_on__lt=last).exclude(repeats="").only(*TOLD).order_by()[:MOST_SERIES]:
        for day in one.days_between(first, last):
            _take(spans, one, day)
    away: dict[int, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    found = Absence.objects.filter(user_id__in=ids, first_day__lte=last, last_day__gte=first)
    for user, begins_on, ends_on in found.values_list("user_id", "first_day", "last_day"):
        away[user].append((begins_on, ends_on))
    return Taken(dict(spans), dict(away), times_of(ids, first, last))


def _take(spans: dict[tuple[int, dt.date], list[Span]], one: Any, begins_on: Any) -> None:
    for day, span in spans_of(one, begins_on):
        spans[one.owner_id, day].append(span)


def spans_of(one: Any, begins_on: dt.date) -> Iterator[tuple[dt.date, Span]]:
    """The hours it takes up when it begins on that day: of several days, all but before it begins and after it ends."""
    begins = minute_of(one.due_at) if one.due_at else 0
    if not one.spans:
        if one.due_at:
            yield begins_on, (begins, begins + one.length)
        return
    days = (one.until_on - one.due_on).days
    for n in range(days + 1):
        ends = minute_of(one.until_at) if n == days and one.until_at else 24 * 60
        yield begins_on + dt.timedelta(days=n), (begins if n == 0 else 0, ends)
