"""What the address asks the calendar to show: the state of the screen is in it, and nowhere else."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Any

from babel.dates import format_date, format_interval
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.calendar.activities.kinds import Kind
from fedele.calendar.planner.colleagues import chosen
from fedele.records.moments import day_of
from fedele.ui.amounts import locale

VIEWS: dict[str, Any] = {
    "day": _("Day"),
    "week": _("Week"),
    "month": _("Month"),
    "people": _("By person"),
    "list": _("List"),
}
#: The key that changes to each.
KEYS = {"day": "d", "week": "w", "month": "m", "people": "p", "list": "l"}


@dataclass(frozen=True)
class Asked:
    view: str
    day: dt.date
    people: list[Any]
    kinds: tuple[str, ...] = ()
    #: As asked for: "team" stays "team" when one goes on to the next week.
    named: str = ""
    #: For whom an hour is looked for: "company:12".
    customer: str = ""

    @property
    def is_side_by_side(self) -> bool:
        """A column of the day for each of several people."""
        return self.view == "day" and len(self.people) > 1

    @property
    def first(self) -> dt.date:
        if self.view == "day":
            return self.day
        start = self.day.replace(day=1) if self.view == "month" else self.day
        return start - dt.timedelta(days=start.weekday())

    @property
    def last(self) -> dt.date:
        if self.view == "day":
            return self.day
        if self.view != "month":
            return self.first + dt.timedelta(days=6)
        end = self.day.replace(day=calendar.monthrange(self.day.year, self.day.month)[1])
        return end + dt.timedelta(days=6 - end.weekday())

    @property
    def days(self) -> list[dt.date]:
        return [self.first + dt.timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    @property
    def title(self) -> str:
        if self.view == "day":
            return str(format_date(self.day, "EEEE d MMMM y", locale=locale()))
        if self.view == "month":
            return str(format_date(self.day, "LLLL y", locale=locale()))
        return str(format_interval(self.first, self.last, "yMMMd", locale=locale()))

    def beside(self, steps: int) -> str:
        """The day before or after that the arrows lead to."""
        if self.view == "day":
            return (self.day + dt.timedelta(days=steps)).isoformat()
        if self.view != "month":
            return (self.day + dt.timedelta(weeks=steps)).isoformat()
        edge = self.day.replace(day=1) - dt.timedelta(days=1) if steps < 0 else self.day.replace(day=28)
        return (edge if steps < 0 else edge + dt.timedelta(days=4)).replace(day=1).isoformat()

    def address(self, **changed: str) -> str:
        """This screen with something else of it."""
        said = {
            "view": self.view,
            "day": self.day.isoformat(),
            "people": self.named,
            "kinds": ",".join(self.kinds),
            "with": self.customer,
        }
        query = QueryDict(mutable=True)
        query.update({key: value for key, value in {**said, **changed}.items() if value})
        return f"?{query.urlencode(safe=',:')}"


def asked(data: QueryDict, everybody: list[Any], user: Any) -> Asked:
    """What cannot be read is taken for what most people want: my week, with today in it."""
    view = data.get("view", "")
    view = view if view in VIEWS else "week"
    try:
        day = day_of(data.get("day", ""), timezone.localdate())
    except ValueError:
        day = timezone.localdate()
    wanted = data.getlist("people") or (["team"] if view == "people" else ["me"])
    named = ",".join(part[:300] for part in wanted)
    known = {one for part in data.getlist("kinds") for one in part.split(",")}
    kinds = tuple(kind for kind in Kind.values if kind in known)
    return Asked(view, day, chosen(wanted, everybody, user), kinds, named, data.get("with", "")[:40])
