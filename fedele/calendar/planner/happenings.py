"""What stands on the calendar of some people between two days. Seven statements at most, whatever there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from fedele.calendar.activities.models import Activity
from fedele.calendar.activities.spanning import during
from fedele.calendar.planner.busy import busy
from fedele.calendar.planner.shown import SHORT, Happening
from fedele.people.assignment.presence import Absence
from fedele.records.registry import registry
from fedele.records.unseen import hide_unseen

#: More of them nobody can read on one screen.
MOST = 600
#: Series whose days to come are looked at, and days of theirs that are shown.
MOST_SERIES, MOST_TO_COME = 200, 300
WITH = ("company", "contact", "lead", "owner", "asked_by")


def happenings(user: Any, people: Iterable[Any], first: dt.date, last: dt.date, kinds: Iterable[str] = ()) -> Any:
    """(what happens in the order of time, whether there is more than is shown)."""
    ids = [one.pk for one in people]
    of = Q(owner_id__in=ids) & (Q(kind__in=wanted) if (wanted := list(kinds)) else Q())
    rows = _rows(
        Activity.objects.visible_to(user).filter(of & during(first, last), state__in=("planned", "done")), MOST
    )
    hide_unseen(registry.by_key("activity"), rows, user)
    found = [_of(row, user) for row in rows[:MOST]]
    found += _to_come(user, of, first, last)
    found += busy(user, of, during(first, last), first, last)
    found += _away(ids, first, last)
    return sorted(found, key=lambda one: (one.day, one.at, one.pk or 0)), len(rows) > MOST


def _rows(shown: Any, most: int) -> list[Any]:
    return list(shown.select_related(*WITH).order_by("due_on", "due_at", "pk")[: most + 1])


def _of(row: Any, user: Any) -> Happening:
    marks = [name for name, is_so in (("done", row.is_over), ("late", row.is_late), ("urgent", row.urgent)) if is_so]
    marks += ["series"] if row.repeats else []
    marks += ["unseen"] if row.is_unseen else []
    marks += ["private"] if row.private else []
    marks += ["short"] if row.length <= SHORT else []
    return Happening(
        day=row.due_on, owner_id=row.owner_id, title=row.subject, at=row.due_at, minutes=row.length,
        until=row.until_on if row.spans else None, until_at=row.until_at, pk=row.pk, line=_whom(row), kind=row.kind,
        state=row.state, version=row.version, marks=tuple(marks), record=row,
        may_move=row.is_planned and user.rights.covers(row, "edit"),
    )  # fmt: skip


def _whom(row: Any) -> str:
    return next((str(one) for one in (row.company, row.contact, row.lead) if one and str(one)), "")


def _to_come(user: Any, of: Q, first: dt.date, last: dt.date) -> list[Happening]:
    """The days of series that are not planned yet: they follow from the one that is, and nothing of them is stored."""
    series = Activity.objects.visible_to(user).filter(of, state="planned", due_on__lt=last).exclude(repeats="")
    rows = _rows(series, MOST_SERIES)[:MOST_SERIES]
    hide_unseen(registry.by_key("activity"), rows, user)
    found = [_shadow(row, day, user) for row in rows for day in row.days_between(first, last)]
    return found[:MOST_TO_COME]


def _shadow(row: Any, day: dt.date, user: Any) -> Happening:
    until = row.until_on + (day - row.due_on) if row.spans else None
    return Happening(
        day=day, owner_id=row.owner_id, title=row.subject, at=row.due_at, minutes=row.length, until=until,
        until_at=row.until_at, line=_whom(row), kind=row.kind, version=row.version, series=row.pk, record=row,
        marks=("series", "to-come", *(("short",) if row.length <= SHORT else ())), may_move=user.rights.covers(row, "edit"),
    )  # fmt: skip


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
