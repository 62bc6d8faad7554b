"""When some people work between two days, with everything that keeps them from it but absences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from fedele.calendar.hours.closed import closed_days
from fedele.calendar.hours.models import WorkingHours
from fedele.calendar.hours.week import USUAL_WEEK, Span, Week


@dataclass
class Times:
    house: Week = USUAL_WEEK
    weeks: dict[int, Week] = field(default_factory=dict)
    #: Days on which the company is closed, and why.
    closed: dict[dt.date, str] = field(default_factory=dict)

    def week_of(self, user_id: int | None) -> Week:
        return self.weeks.get(user_id or 0, self.house)

    def spans(self, user_id: int | None, day: dt.date) -> tuple[Span, ...]:
        """The hours of that day; none when nobody works."""
        return () if day in self.closed else self.week_of(user_id).days[day.weekday()]

    def minutes(self, user_id: int | None, day: dt.date) -> int:
        return sum(ends - begins for begins, ends in self.spans(user_id, day))

    def week_minutes(self, user_id: int | None, monday: dt.date) -> int:
        return sum(self.minutes(user_id, monday + dt.timedelta(days=n)) for n in range(7))

    def is_workday(self, user_id: int | None, day: dt.date) -> bool:
        return bool(self.spans(user_id, day))


def times_of(ids: Iterable[int], first: dt.date, last: dt.date) -> Times:
    """Two statements, however many people and days. `first` to `last`: the days of which closings are known."""
    rows = WorkingHours.objects.filter(user__in=list(ids)) | WorkingHours.objects.filter(user=None)
    found = Times()
    with_holidays = True
    for row in rows:
        if row.user_id is None:
            found.house, with_holidays = row.week, row.with_holidays
        else:
            found.weeks[row.user_id] = row.week
    found.closed = closed_days(first, last, with_holidays=with_holidays)
    return found
