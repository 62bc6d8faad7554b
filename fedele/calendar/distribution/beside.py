"""What stands beside a form that hands out work: the load of the one chosen and of others, conflicts, free hours."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.calendar.activities.clock import read_time
from fedele.calendar.activities.models import Activity
from fedele.calendar.activities.spanning import USUAL
from fedele.calendar.distribution.free import AHEAD, Taken, taken_by
from fedele.calendar.distribution.loads import loads_of
from fedele.calendar.hours.words import clock
from fedele.calendar.planner.colleagues import colleagues
from fedele.records.moments import day_of
from fedele.ui import render

#: Shown besides the one chosen: those of one's team with most room.
OTHERS = 5


def beside(request: HttpRequest) -> HttpResponse:
    """GET owner (or `value`, of a bulk act), due_on (or `day`), due_at (or `at`), minutes, `of` (an activity) → a fragment."""
    if not request.user.rights.may("view", "activity"):
        raise PermissionDenied(_("Your role does not include activities."))
    asked = _Asked(request.GET, request.user)
    everybody = colleagues(request.user)
    taken = taken_by([one.pk for one in everybody], asked.day, asked.day + dt.timedelta(days=AHEAD), but=asked.of)
    loads = loads_of(everybody, request.user, asked.day, asked.minutes, taken=taken)
    chosen = [load for load in loads if load.user.pk == asked.owner]
    team = [load for load in loads if load.user.team_id == request.user.team_id and load.user.pk != asked.owner]
    others = sorted(team, key=lambda load: (load.is_away, load.week_minutes, load.week))[:OTHERS]
    context = {
        "rows": [*chosen, *others],
        "owner": asked.owner,
        "day": asked.day,
        "warnings": asked.warnings(taken, next((str(load.user) for load in chosen), "")),
        "today": timezone.localdate(),
    }
    return render(request, "calendar/distribution/_beside.html", context)


class _Asked:
    """What the form says so far; what is half typed counts for nothing."""

    def __init__(self, data: QueryDict, user: Any) -> None:
        owner, minutes = data.get("owner") or data.get("value") or "", data.get("minutes", "")
        self.owner = int(owner) if owner.isdigit() and len(owner) < 10 else user.pk
        self.minutes = min(int(minutes), 600) if minutes.isdigit() and 0 < len(minutes) < 5 and int(minutes) else USUAL
        self.of = int(data["of"]) if data.get("of", "").isdigit() and len(data["of"]) < 19 else None
        try:
            self.day = day_of(data.get("due_on") or data.get("day") or "today", timezone.localdate())
        except ValueError:
            self.day = timezone.localdate()
        try:
            at = read_time(data.get("due_at") or data.get("at") or "")
            self.at = at.strftime("%H:%M") if at else ""
        except ValidationError:
            self.at = ""
        self._from_record(data, user)

    def _from_record(self, data: QueryDict, user: Any) -> None:
        """A dialog that only asks to whom: day, time and length are those of the activity."""
        if self.of is None or data.get("due_on") or data.get("day"):
            return
        one = Activity.objects.visible_to(user).filter(pk=self.of).first()
        if one is not None and one.due_on:
            self.day, self.at, self.minutes = max(one.due_on, timezone.localdate()), one.due_at, min(one.length, 600)

    def warnings(self, taken: Taken, name: str) -> list[str]:
        if not name:
            return []
        found = []
        if taken.is_away(self.owner, self.day):
            found.append(_("%(name)s is away on that day.") % {"name": name})
        if self.at and (met := taken.meets(self.owner, self.day, self.at, self.minutes)):
            spans = ", ".join(f"{clock(begins)}–{clock(min(ends, 1439))}" for begins, ends in sorted(met)[:3])
            found.append(_("%(name)s is busy at that time: %(when)s.") % {"name": name, "when": spans})
        return [*found, *self._hours(taken, name)]

    def _hours(self, taken: Taken, name: str) -> list[str]:
        if self.day in taken.times.closed:
            return [_("The company is closed on that day: %(why)s.") % {"why": taken.times.closed[self.day]}]
        if not self.at:
            return []
        if not taken.times.is_workday(self.owner, self.day):
            return [_("That day is not a working day of %(name)s.") % {"name": name}]
        if not taken.is_within_hours(self.owner, self.day, self.at, self.minutes):
            return [_("That is outside the working hours of %(name)s.") % {"name": name}]
        return []
