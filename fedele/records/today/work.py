"""What there is to do, of every department, in one order: the most urgent first.

A department declares where its part comes from: `@adds_work` on `(user, until) -> [Work]`, one or two statements that an
index answers and that end after MOST rows. Merged here, so that a person has one list and not one for each department.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fedele.records.declare import RecordType
from fedele.records.registry import registry
from fedele.records.today.blocks import MOST
from fedele.records.unseen import hide_unseen
from fedele.ui.moments import hour_is_over

#: Rows on Today itself; the whole list has a page of its own.
SHOWN = 12
#: As many of those may be late while there is something for today.
LATE = 7
#: What falls due within these days is on the list already, when its source says so.
AHEAD = 7

Source = Callable[[Any, dt.date], list["Work"]]
_sources: list[tuple[str, Source]] = []


@dataclass(frozen=True)
class Doing:
    """What one key does to a row: opens the dialog of a verb, or posts."""

    key: str
    label: str
    icon: str
    url: str
    posts: bool = False


@dataclass(frozen=True)
class Work:
    """One thing to do."""

    record: Any
    title: str
    #: For whom, and what it is about.
    line: str
    due: dt.date | None = None
    #: "09:30", or "" for some time that day.
    at: str = ""
    #: Of what lasts several days, the last one.
    until: dt.date | None = None
    #: The hour of its last day after which it has passed; "" for none.
    over_at: str = ""
    icon: str = ""
    urgent: bool = False
    #: Who asked for it, while it has not been seen.
    asked_by: str = ""
    is_call: bool = False
    #: What can be done to it; asked only for the rows that are shown.
    offers: Callable[[], list[Doing]] = list

    @cached_property
    def doings(self) -> list[Doing]:
        return self.offers()

    @property
    def record_type(self) -> RecordType:
        return registry.by_key(self.record.record_type)

    @property
    def url(self) -> str:
        return self.record_type.url(self.record.pk)

    @cached_property
    def days(self) -> int:
        """Until it begins; 0 for today and while it goes on, negative once its last day is over."""
        if self.due is None:
            return 9_999
        today = timezone.localdate()
        return min(0, (self.until - today).days) if self.until and self._goes_on else (self.due - today).days

    @property
    def _goes_on(self) -> bool:
        """It began before today, and has a later last day."""
        return self.until is not None and self.due is not None and self.due < min(self.until, timezone.localdate())

    @property
    def is_late(self) -> bool:
        return self.days < 0

    @property
    def is_past(self) -> bool:
        """It was for an hour of today that is over; only when the day is, too, it is overdue."""
        return hour_is_over(self.until or self.due, self.over_at)

    @property
    def rank(self) -> tuple[int, int, str, int]:
        """What is urgent first, then what is late, whose hour has passed, what was just asked, what is for today, what comes.

        Of what is late the latest days first: what has lain for a year does not bury what was missed yesterday.
        """
        days = self.days
        if self.urgent and days <= 0:
            place = 0
        elif days < 0:
            place = 1
        elif self.is_past:
            place = 2
        elif self.asked_by:
            place = 3
        else:
            place = 4 if days == 0 else 5
        return place, abs(days), self.at or "99:99", self.record.pk

    @property
    def badge(self) -> tuple[str, str]:
        """(words, level) of when it is due."""
        if self.due is None:
            return (_("new"), "info") if self.asked_by else ("", "")
        days = self.days
        if days < 0:
            return ngettext("%(n)s day late", "%(n)s days late", -days) % {"n": -days}, "bad"
        if days == 0:
            return self._badge_of_today()
        if days == 1:
            return " ".join(filter(None, (_("tomorrow"), self.at))), ""
        if days < 14:
            return ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days}, ""
        weeks = days // 7
        return ngettext("in %(n)s week", "in %(n)s weeks", weeks) % {"n": weeks}, ""

    def _badge_of_today(self) -> tuple[str, str]:
        if self.is_past:
            return _("past %(at)s") % {"at": self.over_at if self._goes_on else self.at}, "bad"
        if not self._goes_on:
            return " ".join(filter(None, (_("today"), self.at))), "warn"
        left = (self.until - timezone.localdate()).days if self.until else 0
        if not left:
            return _("last day"), "warn"
        return ngettext("%(n)s more day", "%(n)s more days", left) % {"n": left}, ""


@dataclass(frozen=True)
class Worklist:
    rows: list[Work]
    #: A source had more than it gave.
    is_cut: bool = False

    @cached_property
    def late(self) -> int:
        return sum(row.is_late for row in self.rows)

    @cached_property
    def calls(self) -> list[Work]:
        return [row for row in self.rows if row.is_call and row.due is not None and row.due <= timezone.localdate()]

    @property
    def shown(self) -> list[Work]:
        """The first rows; much that is late leaves room for what is for today."""
        late = [row for row in self.rows if row.is_late]
        others = [row for row in self.rows if not row.is_late]
        kept = {id(row) for row in late[: max(SHOWN - len(others), LATE)] + others}
        return [row for row in self.rows if id(row) in kept][:SHOWN]

    @property
    def summary(self) -> str:
        """«9 things to do, 2 overdue»"""
        count = len(self.rows)
        if not count:
            return _("nothing to do")
        text = ngettext("%(n)s thing to do", "%(n)s things to do", count) % {"n": said(count)}
        if self.late:
            text += ", " + ngettext("%(n)s overdue", "%(n)s overdue", self.late) % {"n": said(self.late)}
        return text


def adds_work(key: str) -> Callable[[Source], Source]:
    """Declares where work with records of this type comes from."""

    def declare(source: Source) -> Source:
        _sources.append((key, source))
        return source

    return declare


def work_of(user: Any) -> Worklist:
    today = timezone.localdate()
    found = [source(user, today) for key, source in _sources if user.rights.may("view", key)]
    rows = sorted((row for rows in found for row in rows), key=lambda row: row.rank)
    return Worklist(rows, any(len(rows) > MOST for rows in found))


def said(count: int) -> str:
    return f"{MOST}+" if count > MOST else str(count)


def first_of(records: Any, key: str, user: Any, *order: str) -> list[Any]:
    """At most MOST + 1 of `records`, without the names of what this user may not see."""
    found = list(records.order_by(*order)[: MOST + 1])
    hide_unseen(registry.by_key(key), found, user)
    return found


def verbs_of(record: Any, user: Any, verbs: Iterable[tuple[str, str]]) -> list[Doing]:
    """(key, verb) as what can be done to this record by this user; each opens the dialog of the verb."""
    from fedele.base.verbs import verb_of

    record_type = registry.by_key(record.record_type)
    found = []
    for key, name in verbs:
        verb = verb_of(record_type.model, name)
        if verb.applies_to(record) and user.rights.covers(record, verb.may):
            found.append(Doing(key, str(verb.label), verb.icon, record_type.url(record.pk, "do", name)))
    return found
