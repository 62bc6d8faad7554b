"""All that happened to a record and to those that belong to it, newest first, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from fedele.base.places import place_in, place_of
from fedele.journal.models import Entry, Link
from fedele.records.adding import is_wide, scope_of
from fedele.records.merging.leading import merged_into
from fedele.records.page.folding import Day, by_day
from fedele.records.page.lens import Lens
from fedele.records.page.pins import pinned_entries
from fedele.records.page.telling import Told, tell

#: Entries loaded at a time.
PAGE = 20
#: One entry stands on so many timelines of a group at most.
LINKED = 4


@dataclass(frozen=True)
class Timeline:
    days: list[Day]
    older: str
    lens: Lens = field(default_factory=Lens)
    #: Those somebody wants on top; only above the story as it begins.
    pinned: list[Told] = field(default_factory=list)

    @property
    def is_bare(self) -> bool:
        """Nothing has happened yet but that the record is there."""
        return not (self.older or self.lens.is_narrowed) and sum(day.count for day in self.days) <= 1


def timeline_of(record: Any, user: Any, lens: Lens | None = None, *, size: int = PAGE, pins: bool = True) -> Timeline:
    """One page of the timeline, in three statements however much it tells; a fourth when something is pinned."""
    lens = lens or Lens()
    entries = _entries(record, lens, size + 1)
    older = place_of(entries[size - 1].at, entries[size - 1].pk) if len(entries) > size else ""
    pinned = pinned_entries(record) if pins and not (lens.is_narrowed or lens.before) else []
    told = tell([*pinned, *entries[:size]], record, user)
    on_top = {entry.pk for entry in pinned}
    return Timeline(
        days=by_day([one for one in told if one.id not in on_top], fold=lens.folds),
        older=older,
        lens=lens,
        pinned=_in_order([one for one in told if one.id in on_top]),
    )


def _in_order(told: list[Told]) -> list[Told]:
    """A pinned entry may be among the newest, too: it is told once."""
    return list({one.id: one for one in told}.values())


def _entries(record: Any, lens: Lens, limit: int) -> list[Entry]:
    """Own entries and those of others that point here: two statements, each along its index.

    What was merged into the record keeps its entries, and they are told here: nothing is copied, nothing can be missed.
    """
    found: dict[int, Entry] = {}
    ids = story_ids(record)
    own = Entry.objects.filter(lens.matching(), record_type=record.record_type, record_id__in=ids)
    if len(ids) > 1:
        own = own.exclude(kind=f"{record.record_type}.merged_into")
    own = own.filter(_earlier("at", "id", lens)).order_by("-at", "-id")
    found.update((entry.pk, entry) for entry in own[:limit])
    links = Link.objects.filter(lens.matching("entry__"), record_type=record.record_type, record_id__in=ids)
    links = links.filter(_earlier("at", "entry_id", lens)).select_related("entry").order_by("-at", "-entry_id")
    most = limit * (min(len(ids), LINKED) if is_wide(record) else len(ids))
    found.update((link.entry_id, link.entry) for link in links[:most])
    return sorted(found.values(), key=lambda entry: (entry.at, entry.pk), reverse=True)[:limit]


def story_ids(record: Any) -> list[int]:
    """Whose entries the timeline tells: of the record or its group, and of what was merged into it."""
    return [*scope_of(record), *(one.record_id for one in merged_into(record))]


def _earlier(at: str, key: str, lens: Lens) -> Q:
    """What is before the end of a month, before the last entry shown, and not after the one it starts with."""
    found = Q(**{f"{at}__lt": lens.until}) if lens.until else Q()
    for place, is_shown in ((place_in(lens.before), "lt"), (place_in(lens.start), "lte")):
        if place is not None:
            moment, entry = place
            found &= Q(**{f"{at}__lte": moment}) & (Q(**{f"{at}__lt": moment}) | Q(**{f"{key}__{is_shown}": entry}))
    return found
