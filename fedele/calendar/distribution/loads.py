"""How much each colleague has on a day and in its week, and where the next free hour is."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from fedele.calendar.activities.models import Activity
from fedele.calendar.activities.spanning import during
from fedele.calendar.distribution.free import AHEAD, MOST_SERIES, TOLD, Slot, Taken, spans_of, taken_by
from fedele.calendar.hours.times import Times, times_of
from fedele.calendar.hours.week import overlap
from fedele.calendar.hours.words import hours

#: Minutes of a week nobody works in, so that anything in it is too much.
NOTHING = 1


@dataclass(frozen=True)
class Load:
    user: Any
    day: int
    day_minutes: int
    week: int
    week_minutes: int
    is_away: bool
    free: Slot | None
    #: Minutes this person works in that week.
    worked: int = 40 * 60

    @property
    def share(self) -> float:
        """Of the hours of their working week."""
        return self.week_minutes / max(self.worked, NOTHING)

    @property
    def level(self) -> str:
        return "bad" if self.share >= 1 else "warn" if self.share >= 0.8 else ""

    @property
    def day_hours(self) -> str:
        return hours(self.day_minutes)

    @property
    def week_hours(self) -> str:
        return hours(self.week_minutes)


class Tallied:
    """What is planned in a week, by person: how many things, and for how long, on one day of it and on all."""

    def __init__(self, ids: list[int], user: Any, day: dt.date, times: Times) -> None:
        self.day, self.times = day, times
        self.monday = day - dt.timedelta(days=day.weekday())
        self.sunday = self.monday + dt.timedelta(days=6)
        self.count: Counter[tuple[int, bool]] = Counter()
        self.minutes: Counter[tuple[int, bool]] = Counter()
        planned = Activity.objects.visible_to(user).filter(owner_id__in=ids, state="planned")
        self._plain(planned)
        self._long_and_to_come(planned)

    def _plain(self, planned: Any) -> None:
        week = planned.filter(due_on__gte=self.monday, due_on__lte=self.sunday).exclude(until_on__gt=F("due_on"))
        rows = week.order_by().values_list("owner_id", "due_on").annotate(n=Count("pk"), m=Sum("minutes"))
        for owner, on, n, total in rows:
            self._add(owner, {False, on == self.day}, n, total or 0)

    def _long_and_to_come(self, planned: Any) -> None:
        """Several days count for the hours that are worked on each; days of a series to come as if they were planned."""
        spans = Q(until_on__gt=F("due_on")) & during(self.monday, self.sunday)
        series = ~Q(repeats="") & Q(due_on__lt=self.sunday)
        for one in planned.filter(spans | series).only(*TOLD).order_by()[:MOST_SERIES]:
            begins = [one.due_on] if one.spans else []
            for day in (*begins, *one.days_between(self.monday, self.sunday)):
                self._add_days(one, day)

    def _add_days(self, one: Any, begins_on: dt.date) -> None:
        if not one.spans:
            self._add(one.owner_id, {False, begins_on == self.day}, 1, one.minutes or 0)
            return
        taken = {day: span for day, span in spans_of(one, begins_on) if self.monday <= day <= self.sunday}
        self.count[one.owner_id, False] += bool(taken)
        self.count[one.owner_id, True] += self.day in taken
        for day, span in taken.items():
            worked = sum(overlap(span, hours) for hours in self.times.spans(one.owner_id, day))
            self._add(one.owner_id, {False, day == self.day}, 0, worked)

    def _add(self, owner: int, of_day: set[bool], n: int, minutes: int) -> None:
        for is_day in of_day:
            self.count[owner, is_day] += n
            self.minutes[owner, is_day] += minutes


def loads_of(people: list[Any], user: Any, day: dt.date, minutes: int, *, taken: Taken | None = None) -> list[Load]:
    """Eight statements, however many people and activities: what `user` may see is counted, free time is that of all."""
    ids = [one.pk for one in people]
    taken = taken or taken_by(ids, day, day + dt.timedelta(days=AHEAD))
    monday = day - dt.timedelta(days=day.weekday())
    times = times_of(ids, monday, monday + dt.timedelta(days=6))
    of = Tallied(ids, user, day, times)
    after = _now() if day == timezone.localdate() else 0
    return [
        Load(
            one, of.count[one.pk, True], of.minutes[one.pk, True], of.count[one.pk, False], of.minutes[one.pk, False],
            taken.is_away(one.pk, day), taken.first_free(one.pk, day, minutes, after), times.week_minutes(one.pk, monday),
        )
        for one in people
    ]  # fmt: skip


def _now() -> int:
    now = timezone.localtime()
    return now.hour * 60 + now.minute
