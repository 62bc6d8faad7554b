"""What stands on the calendar of some people between two days. Five statements at most, whatever there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fedele.calendar.activities.models import Activity
from fedele.calendar.activities.moving import USUAL
from fedele.people.assignment.presence import Absence
from fedele.records.registry import registry
from fedele.records.unseen import hide_unseen

#: More of them nobody can read on one screen.
MOST = 600
#: Minutes that leave room for one line.
SHORT = 30
WITH = ("company", "contact", "lead", "owner", "asked_by")


@dataclass(frozen=True)
class Happening:
    """One thing on somebody's day. Without `pk` it is only that somebody is busy, or away."""

    day: dt.date
    owner_id: int | None
    title: str
    at: str = ""
    minutes: int = USUAL
    #: Of several days, the last one.
    until: dt.date | None = None
    pk: int | None = None
    line: str = ""
    kind: str = ""
    state: str = ""
    version: int = 0
    may_move: bool = False
    marks: tuple[str, ...] = ()
    record: Any = None

    @property
    def url(self) -> str:
        return f"/activities/{self.pk}/" if self.pk else ""

    @property
    def begins(self) -> dt.datetime:
        return dt.datetime.combine(self.day, dt.time.fromisoformat(self.at) if self.at else dt.time.min)

    @property
    def ends(self) -> dt.datetime:
        """What would go on after midnight ends with the day."""
        if not self.at:
            return dt.datetime.combine((self.until or self.day) + dt.timedelta(days=1), dt.time.min)
        return min(self.begins + dt.timedelta(minutes=self.minutes), dt.datetime.combine(self.day, dt.time(23, 59)))

    @property
    def drawn_until(self) -> dt.datetime:
        """What is shorter than its own name is high still gets a line."""
        return max(self.ends, self.begins + dt.timedelta(minutes=SHORT)) if self.at else self.ends

    def as_event(self) -> dict[str, Any]:
        """As the grid takes it."""
        return {
            "id": str(self.pk or f"{self.owner_id}-{self.begins:%Y%m%d%H%M}"),
            "title": self.title,
            "start": self.begins.isoformat(),
            "end": self.drawn_until.isoformat(),
            "allDay": not self.at,
            "resourceId": str(self.owner_id or ""),
            "editable": self.may_move,
            "extendedProps": {
                "url": self.url, "version": self.version, "line": self.line,
                "minutes": self.record.minutes or "" if self.record else "",
            },
        }  # fmt: skip


def happenings(user: Any, people: Iterable[Any], first: dt.date, last: dt.date, kinds: Iterable[str] = ()) -> Any:
    """(what happens in the order of time, whether there is more than is shown)."""
    ids = [one.pk for one in people]
    within = {"owner_id__in": ids, "due_on__gte": first, "due_on__lte": last}
    if wanted := list(kinds):
        within["kind__in"] = wanted
    shown = Activity.objects.visible_to(user).filter(**within, state__in=("planned", "done"))
    rows = list(shown.select_related(*WITH).order_by("due_on", "due_at", "pk")[: MOST + 1])
    hide_unseen(registry.by_key("activity"), rows, user)
    found = [_of(row, user) for row in rows[:MOST]]
    found += _busy(user, {**within, "state": "planned"})
    found += _away(ids, first, last)
    return sorted(found, key=lambda one: (one.day, one.at, one.pk or 0)), len(rows) > MOST


def _of(row: Any, user: Any) -> Happening:
    who = next((str(one) for one in (row.company, row.contact, row.lead) if one and str(one)), "")
    marks = [name for name, is_so in (("done", row.is_over), ("late", row.is_late), ("urgent", row.urgent)) if is_so]
    marks += ["series"] if row.repeats else []
    marks += ["unseen"] if row.is_unseen else []
    marks += ["short"] if row.length <= SHORT else []
    return Happening(
        day=row.due_on, owner_id=row.owner_id, title=row.subject, at=row.due_at, minutes=row.length, pk=row.pk, line=who,
        kind=row.kind, state=row.state, version=row.version, marks=tuple(marks), record=row,
        may_move=row.is_planned and user.rights.covers(row, "edit"),
    )  # fmt: skip


def _busy(user: Any, within: dict[str, Any]) -> list[Happening]:
    """Hours of colleagues with something one may not see: only that they are taken."""
    if user.rights.reach("activity") == "all":
        return []
    hidden = Activity.objects.filter(**within, trashed_at=None).exclude(due_at="")
    hidden = hidden.exclude(pk__in=Activity.objects.visible_to(user).filter(**within).values("pk"))
    rows = hidden.order_by("due_on", "due_at").values_list("owner_id", "due_on", "due_at", "minutes")[:MOST]
    return [Happening(day, owner, _("Busy"), at, minutes or USUAL, marks=("busy",)) for owner, day, at, minutes in rows]


def _away(ids: list[int], first: dt.date, last: dt.date) -> list[Happening]:
    found = Absence.objects.filter(user_id__in=ids, first_day__lte=last, last_day__gte=first).order_by(
        "first_day", "pk"
    )
    days = found.values_list("user_id", "first_day", "last_day", "user__first_name")
    return [
        Happening(
            max(start, first), owner, _("%(name)s is away") % {"name": name}, until=min(end, last), marks=("away",)
        )
        for owner, start, end, name in days
    ]
