"""One thing as the calendar shows it: something planned, a day of a series to come, or only that somebody is busy or away."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fedele.calendar.activities.spanning import USUAL

#: Minutes that leave room for one line.
SHORT = 30


@dataclass(frozen=True)
class Happening:
    """Without `pk` and `series` it is only that somebody is busy, or away."""

    day: dt.date
    owner_id: int | None
    title: str
    at: str = ""
    minutes: int = USUAL
    #: Of several days, the last one, and when it ends on it.
    until: dt.date | None = None
    until_at: str = ""
    pk: int | None = None
    #: Of a day to come: the activity its series goes on from.
    series: int | None = None
    line: str = ""
    kind: str = ""
    state: str = ""
    version: int = 0
    may_move: bool = False
    marks: tuple[str, ...] = ()
    record: Any = None

    @property
    def url(self) -> str:
        known = self.pk or self.series
        return f"/activities/{known}/" if known else ""

    @property
    def move_url(self) -> str:
        """Where it is moved, whether it is planned or to come."""
        return f"/calendar/series/{self.series}/{self.day}/" if self.series else f"/calendar/move/{self.pk}/"

    @property
    def is_whole_days(self) -> bool:
        """Drawn above the hours: some time that day, or several days."""
        return not self.at or self.until is not None

    @property
    def begins(self) -> dt.datetime:
        at = dt.time() if self.is_whole_days else dt.time.fromisoformat(self.at)
        return dt.datetime.combine(self.day, at)

    @property
    def ends(self) -> dt.datetime:
        """What would go on after midnight ends with the day."""
        if self.is_whole_days:
            return dt.datetime.combine((self.until or self.day) + dt.timedelta(days=1), dt.time.min)
        return min(self.begins + dt.timedelta(minutes=self.minutes), dt.datetime.combine(self.day, dt.time(23, 59)))

    @property
    def drawn_until(self) -> dt.datetime:
        """What is shorter than its own name is high still gets a line."""
        return self.ends if self.is_whole_days else max(self.ends, self.begins + dt.timedelta(minutes=SHORT))

    @property
    def hours(self) -> str:
        """Of several days, when it begins and ends: "10:00 – 17:00"."""
        return " – ".join(filter(None, (self.at, self.until_at))) if self.until else ""

    @property
    def under(self) -> str:
        """What stands below its title."""
        private = _("private") if "private" in self.marks else ""
        return " · ".join(filter(None, (self.hours, self.line, private)))

    def days(self, first: dt.date, last: dt.date) -> list[dt.date]:
        """Those it is on, of those shown."""
        begins, ends = max(self.day, first), min(self.until or self.day, last)
        return [begins + dt.timedelta(days=n) for n in range((ends - begins).days + 1)]

    def as_event(self) -> dict[str, Any]:
        """As the grid takes it; what says nothing is left out."""
        more = {
            "url": self.url, "version": self.version, "line": self.under,
            "minutes": self.record.minutes if self.record else None, "at": self.at if self.until else "",
            "moves": self.move_url if self.may_move else "",
        }  # fmt: skip
        event = {
            "id": str(self.pk or f"{self.series or self.owner_id}-{self.begins:%Y%m%d%H%M}"),
            "title": self.title,
            "start": self.begins.isoformat(timespec="minutes"),
            "end": self.drawn_until.isoformat(timespec="minutes"),
            "allDay": self.is_whole_days,
            "resourceId": str(self.owner_id or ""),
            "editable": self.may_move,
            "extendedProps": {name: value for name, value in more.items() if value},
        }
        return {name: value for name, value in event.items() if value}
