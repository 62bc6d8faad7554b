"""Entries of the journal in words, for administrators: of records and of everything else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from fedele.base.places import place_in, place_of
from fedele.journal.models import Entry
from fedele.journal.sentences import icon_of, sentence_of
from fedele.records.fields import fields_of
from fedele.records.page.telling import DOORS, changes_in_words
from fedele.records.page.words import Ref, names_of
from fedele.records.registry import registry
from fedele.setup.audit.discretion import without_the_private
from fedele.setup.audit.naming import label_of, type_of, value_of

PAGE = 50
#: What the filter offers besides the record types.
DOOR_KINDS = ("user.signed_in", "user.signed_out", "user.ended_session", "user.ended_sessions")
REFUSED_KINDS = ("user.turned_away", "user.throttled", "user.failed_second_factor")
SETUP_TYPES = (
    "user",
    "team",
    "role",
    "own_company",
    "numbering",
    "customfield",
    "process",
    "backup",
    "hours",
    "closing",
)
AREAS: dict[str, tuple[Any, Q]] = {
    "door": (gettext_lazy("Sign-ins"), Q(record_type="user", kind__in=DOOR_KINDS)),
    "refused": (gettext_lazy("Failed sign-ins"), Q(record_type="user", kind__in=REFUSED_KINDS)),
    "setup": (gettext_lazy("Setup"), Q(record_type__in=SETUP_TYPES) & ~Q(kind__in=DOOR_KINDS + REFUSED_KINDS)),
    "exports": (gettext_lazy("Exports"), Q(record_id=0, kind__endswith=".exported")),
    "imports": (gettext_lazy("Imports"), Q(kind__endswith=".imported")),
    "trash": (
        gettext_lazy("Deleted and restored"),
        Q(kind__endswith=".trashed") | Q(kind__endswith=".restored") | Q(kind__endswith=".erased"),
    ),
}


@dataclass(frozen=True)
class Asked:
    """What of the audit somebody wants to see, as it stands in the address."""

    who: str = ""
    what: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, data: Any) -> Asked:
        return cls(*(data.get(name, "").replace("\x00", "")[:40] for name in ("who", "what", "since", "until")))

    def q(self) -> Q:
        found = Q()
        if self.who.isdigit() and len(self.who) < 19:
            # Who was turned away did not act, but it is about them.
            found &= Q(actor_id=int(self.who)) | Q(record_type="user", record_id=int(self.who))
        if self.what in AREAS:
            found &= AREAS[self.what][1]
        elif self.what in registry:
            found &= Q(record_type=self.what)
        if day := _day(self.since):
            found &= Q(at__gte=_midnight(day))
        if day := _day(self.until):
            found &= Q(at__lt=_midnight(day + dt.timedelta(days=1)))
        return found


def _day(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def entries(asked: Asked, before: str = "") -> tuple[list[Entry], str]:
    """One page, newest first, and the place of the next one ("" if there is none)."""
    rows: QuerySet[Entry] = Entry.objects.filter(asked.q()).select_related("actor").order_by("-at", "-id")
    if place := place_in(before):
        rows = rows.filter(Q(at__lt=place[0]) | Q(at=place[0], id__lt=place[1]))
    found = list(rows[: PAGE + 1])
    older = place_of(found[PAGE - 1].at, found[PAGE - 1].pk) if len(found) > PAGE else ""
    return found[:PAGE], older


@dataclass(frozen=True)
class Line:
    entry: Entry
    icon: str
    sentence: str
    about: str
    about_type: str
    url: str
    where: str
    changes: list[tuple[str, str, str]]
    text: str = ""

    @property
    def is_own(self) -> bool:
        """Did somebody do this with their own account?"""
        return self.entry.record_type == "user" and self.entry.record_id == self.entry.actor_id


def lines(rows: list[Entry], user: Any) -> list[Line]:
    """Entries in words; the names of related records in one statement."""
    names = names_of({ref for row in rows for ref in _refs(row)}, user)
    return [_line(one, user, names) for one in without_the_private(rows, user)]


def _refs(row: Entry) -> set[Ref]:
    if row.record_type not in registry:
        return set()
    fields = fields_of(registry.by_key(row.record_type))
    pairs = [(fields[name], pair) for name, pair in row.changes.items() if name in fields and fields[name].is_relation]
    return {(field.target, value) for field, pair in pairs for value in pair if isinstance(value, int)}


def _line(row: Entry, user: Any, names: dict[Ref, str]) -> Line:
    record_type = registry.get(row.record_type)
    if record_type is not None:
        changes, url = (
            changes_in_words(row, fields_of(record_type, user), names),
            record_type.url(row.record_id) if row.record_id else "",
        )
    else:
        changes, url = _setup_changes(row), ""
    where = " · ".join(str(part) for part in (row.data.get("ip"), row.data.get("browser"), DOORS.get(row.door)) if part)
    text = row.data.get("text") or row.data.get("note") or ""
    return Line(
        row,
        icon_of(row.kind, row.data),
        sentence_of(row.kind, row.data),
        row.title,
        type_of(row.record_type),
        url,
        where,
        changes,
        text if isinstance(text, str) else "",
    )


def _setup_changes(row: Entry) -> list[tuple[str, str, str]]:
    pairs = row.data.get("changes") or {}
    return [
        (label_of(row.record_type, name), value_of(name, pair[0]), value_of(name, pair[1]))
        for name, pair in pairs.items()
    ]


def choices() -> list[tuple[str, Any]]:
    """The areas and the record types, for the filter."""
    return [
        *((key, label) for key, (label, _q) in AREAS.items()),
        *((one.key, capfirst(one.plural)) for one in registry),
    ]
