"""All that happened to a record and to those that belong to it, newest first, in the reader's words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.journal.models import Entry, Link
from fedele.records.merging.leading import merged_into
from fedele.records.page.telling import Told, tell
from fedele.ui.moments import day as spelled

#: Entries loaded at a time.
PAGE = 20
#: What the chips above the timeline show.
SHOWS = {
    "": gettext_lazy("Everything"),
    "notes": gettext_lazy("Notes"),
    "changes": gettext_lazy("Changes"),
    "others": gettext_lazy("Related records"),
}


@dataclass(frozen=True)
class Timeline:
    days: list[tuple[str, list[Told]]]
    older: str
    show: str = ""
    text: str = ""

    @property
    def is_filtered(self) -> bool:
        return bool(self.show or self.text)


def timeline_of(
    record: Any, user: Any, *, show: str = "", text: str = "", before: str = "", size: int = PAGE
) -> Timeline:
    """One page of the timeline, in three statements however much it tells. `before` is the `older` of the page above."""
    show = show if show in SHOWS else ""
    text = text.replace("\x00", "").strip()[:100]
    entries = _entries(record, show, text, _place(before), size + 1)
    older = _cursor(entries[size - 1]) if len(entries) > size else ""
    told = tell(entries[:size], record, user)
    return Timeline(_by_day(told), older, show, text)


def _entries(record: Any, show: str, text: str, place: tuple[dt.datetime, int] | None, limit: int) -> list[Entry]:
    """Own entries and those of others that point here: two statements, each along its index.

    What was merged into the record keeps its entries, and they are told here: nothing is copied, nothing can be missed.
    """
    found: dict[int, Entry] = {}
    ids = [record.pk, *(one.record_id for one in merged_into(record))]
    if show != "others":
        own = Entry.objects.filter(_matching("", show, text), record_type=record.record_type, record_id__in=ids)
        if len(ids) > 1:
            own = own.exclude(kind=f"{record.record_type}.merged_into")
        own = own.filter(_earlier("at", "id", place)).order_by("-at", "-id")
        found.update((entry.pk, entry) for entry in own[:limit])
    links = Link.objects.filter(_matching("entry__", show, text), record_type=record.record_type, record_id__in=ids)
    links = links.filter(_earlier("at", "entry_id", place)).select_related("entry")
    found.update((link.entry_id, link.entry) for link in links.order_by("-at", "-entry_id")[: limit * len(ids)])
    return sorted(found.values(), key=lambda entry: (entry.at, entry.pk), reverse=True)[:limit]


def _matching(path: str, show: str, text: str) -> Q:
    q = Q()
    if show == "notes":
        q &= Q(**{f"{path}kind__endswith": ".noted"})
    elif show == "changes":
        q &= ~Q(**{f"{path}changes": {}})
    if text:
        q &= (
            Q(**{f"{path}title__icontains": text})
            | Q(**{f"{path}data__text__icontains": text})
            | Q(**{f"{path}data__note__icontains": text})
        )
    return q


def _earlier(at: str, key: str, place: tuple[dt.datetime, int] | None) -> Q:
    if place is None:
        return Q()
    return Q(**{f"{at}__lte": place[0]}) & (Q(**{f"{at}__lt": place[0]}) | Q(**{f"{key}__lt": place[1]}))


def _cursor(entry: Entry) -> str:
    return f"{entry.at.isoformat()}_{entry.pk}"


def _place(before: str) -> tuple[dt.datetime, int] | None:
    at, _under, key = before.rpartition("_")
    try:
        moment = parse_datetime(at.replace(" ", "+"))
    except ValueError:
        return None
    if moment is None or timezone.is_naive(moment) or not key.isdecimal() or len(key) > 18:
        return None
    return moment, int(key)


def _by_day(told: list[Told]) -> list[tuple[str, list[Told]]]:
    days: dict[dt.date, list[Told]] = {}
    for one in told:
        days.setdefault(timezone.localtime(one.at).date(), []).append(one)
    return [(_heading(day), entries) for day, entries in days.items()]


def _heading(day: dt.date) -> str:
    distance = (timezone.localdate() - day).days
    return {0: _("Today"), 1: _("Yesterday")}.get(distance) or spelled(day)
