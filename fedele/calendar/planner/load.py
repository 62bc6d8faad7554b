"""How many hours of each person are taken in what the calendar shows."""

from __future__ import annotations

from collections.abc import Iterable

from fedele.calendar.activities.clock import minute_of
from fedele.calendar.hours.times import Times
from fedele.calendar.hours.week import overlap
from fedele.calendar.planner.asking import Asked
from fedele.calendar.planner.shown import Happening


def load_of(plan: Asked, rows: Iterable[Happening], times: Times) -> dict[int, int]:
    """Minutes by person: of what has a time its length, of several days the hours that are worked on each."""
    load = {one.pk: 0 for one in plan.people}
    for row in rows:
        if row.owner_id not in load or row.state == "done" or "away" in row.marks:
            continue
        load[row.owner_id] += _several(row, plan, times) if row.until else row.minutes if row.at else 0
    return load


def _several(row: Happening, plan: Asked, times: Times) -> int:
    total = 0
    for day in row.days(plan.first, plan.last):
        begins = minute_of(row.at) if row.at and day == row.day else 0
        ends = minute_of(row.until_at) if row.until_at and day == row.until else 24 * 60
        total += sum(overlap((begins, ends), worked) for worked in times.spans(row.owner_id, day))
    return total
