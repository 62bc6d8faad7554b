"""Free hours: between what is planned with a time, in working hours, when somebody is there."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from fedele.calendar.activities.models import Activity
from fedele.calendar.activities.spanning import USUAL
from fedele.calendar.planner.hours import CLOSES, OPENS, PAUSE, clock, is_workday, minutes_of
from fedele.people.assignment.presence import Absence

#: Days ahead in which a free hour is looked for, and the grid its beginning falls on.
AHEAD, GRID = 14, 30
MOST = 2_000

Span = tuple[int, int]


@dataclass(frozen=True)
class Slot:
    day: dt.date
    at: str


@dataclass
class Taken:
    """When some people are busy, and when they are away, on the days asked for."""

    spans: dict[tuple[int, dt.date], list[Span]]
    away: dict[int, list[tuple[dt.date, dt.date]]]

    def is_away(self, user_id: int, day: dt.date) -> bool:
        return any(first <= day <= last for first, last in self.away.get(user_id, ()))

    def meets(self, user_id: int, day: dt.date, at: str, minutes: int) -> list[Span]:
        """What lies in the way of something from then on."""
        begins = minutes_of(dt.time.fromisoformat(at))
        return [span for span in self.spans.get((user_id, day), ()) if span[0] < begins + minutes and begins < span[1]]

    def first_free(self, user_id: int, day: dt.date, minutes: int, after: int = 0) -> Slot | None:
        """The first room of `minutes`, on `day` after that minute or on one of the next days; None in the next two weeks."""
        for ahead in range(AHEAD):
            on = day + dt.timedelta(days=ahead)
            if not is_workday(on) or self.is_away(user_id, on):
                continue
            if (at := _room(self.spans.get((user_id, on), ()), minutes, after if ahead == 0 else 0)) is not None:
                return Slot(on, clock(at))
        return None


def _room(spans: Iterable[Span], minutes: int, after: int) -> int | None:
    opens, closes = minutes_of(OPENS), minutes_of(CLOSES)
    taken = sorted([*spans, (minutes_of(PAUSE[0]), minutes_of(PAUSE[1]))])
    at = -(-max(opens, after) // GRID) * GRID
    for begins, ends in taken:
        if at + minutes <= begins:
            break
        if ends > at:
            at = -(-ends // GRID) * GRID
    return at if at + minutes <= closes else None


def taken_by(ids: list[int], first: dt.date, last: dt.date, *, but: int | None = None) -> Taken:
    """Two statements. Also of activities one may not see: of these only that the time is taken. `but`: leaves one out."""
    planned = Activity.objects.filter(
        owner_id__in=ids, state="planned", trashed_at=None, due_on__gte=first, due_on__lte=last
    )
    planned = planned.exclude(due_at="").exclude(pk=but) if but else planned.exclude(due_at="")
    spans: dict[tuple[int, dt.date], list[Span]] = defaultdict(list)
    for owner, day, at, minutes in planned.order_by().values_list("owner_id", "due_on", "due_at", "minutes")[:MOST]:
        begins = minutes_of(dt.time.fromisoformat(at))
        spans[owner, day].append((begins, begins + (minutes or USUAL)))
    away: dict[int, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    found = Absence.objects.filter(user_id__in=ids, first_day__lte=last, last_day__gte=first)
    for user, begins_on, ends_on in found.values_list("user_id", "first_day", "last_day"):
        away[user].append((begins_on, ends_on))
    return Taken(dict(spans), dict(away))
