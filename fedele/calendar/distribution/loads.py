"""How much each colleague has on a day and in its week, and where the next free hour is."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum
from django.utils import timezone

from fedele.calendar.activities.models import Activity
from fedele.calendar.distribution.free import AHEAD, Slot, Taken, taken_by
from fedele.calendar.planner.hours import MINUTES_A_DAY, WORKDAYS, hours


@dataclass(frozen=True)
class Load:
    user: Any
    day: int
    day_minutes: int
    week: int
    week_minutes: int
    is_away: bool
    free: Slot | None

    @property
    def share(self) -> float:
        """Of the hours of a working week."""
        return self.week_minutes / (MINUTES_A_DAY * len(WORKDAYS))

    @property
    def level(self) -> str:
        return "bad" if self.share >= 1 else "warn" if self.share >= 0.8 else ""

    @property
    def day_hours(self) -> str:
        return hours(self.day_minutes)

    @property
    def week_hours(self) -> str:
        return hours(self.week_minutes)


def loads_of(people: list[Any], user: Any, day: dt.date, minutes: int, *, taken: Taken | None = None) -> list[Load]:
    """Three statements, however many people and activities: what `user` may see is counted, free time is that of all."""
    ids = [one.pk for one in people]
    monday = day - dt.timedelta(days=day.weekday())
    taken = taken or taken_by(ids, day, day + dt.timedelta(days=AHEAD))
    planned = Activity.objects.visible_to(user).filter(owner_id__in=ids, state="planned")
    week = planned.filter(due_on__gte=monday, due_on__lte=monday + dt.timedelta(days=6))
    count: Counter[tuple[int, bool]] = Counter()
    length: Counter[tuple[int, bool]] = Counter()
    rows = week.order_by().values_list("owner_id", "due_on").annotate(n=Count("pk"), m=Sum("minutes"))
    for owner, on, n, total in rows:
        for is_day in {False, on == day}:
            count[owner, is_day] += n
            length[owner, is_day] += total or 0
    after = _now() if day == timezone.localdate() else 0
    return [
        Load(
            one, count[one.pk, True], length[one.pk, True], count[one.pk, False], length[one.pk, False],
            taken.is_away(one.pk, day), taken.first_free(one.pk, day, minutes, after),
        )
        for one in people
    ]  # fmt: skip


def _now() -> int:
    now = timezone.localtime()
    return now.hour * 60 + now.minute
