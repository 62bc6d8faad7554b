"""All that happened to a record and to those that belong to it, newest first, in the reader's words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fedele.base.house import house
from fedele.journal.models import Entry, Link
from fedele.journal.sentences import icon_of, sentence_of
from fedele.records.declare import RecordType
from fedele.records.fields import fields_of
from fedele.records.page.words import Ref, names_of, words_of
from fedele.records.registry import registry
from fedele.records.undo import may_undo

#: Entries loaded at a time.
PAGE = 20
#: What the chips above the timeline show.
SHOWS = {
    "": gettext_lazy("Everything"),
    "notes": gettext_lazy("Notes"),
    "changes": gettext_lazy("Changes"),
    "others": gettext_lazy("Related records"),
}
DOORS = {
    "api": gettext_lazy("through the API"),
    "import": gettext_lazy("by an import"),
    "automation": gettext_lazy("by an automatic rule"),
    "mail": gettext_lazy("by e-mail"),
}
#: Kept by the record itself; a reader is told by the sentence.
SILENT = frozenset({"stage_since", "currency", "trashed_at"})


@dataclass(frozen=True)
class Told:
    """One entry as the timeline tells it."""

    id: int
    at: dt.datetime
    icon: str
    sentence: str
    actor: str
    #: Through which door, where that is not the screen.
    door: str
    #: Name, type and address of the other record it happened to; "" for this one.
    other: str = ""
    other_label: str = ""
    other_url: str = ""
    text: str = ""
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    #: The changes are shown when asked for.
    folded: bool = True
    undo_url: str = ""
    undone: bool = False


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
    """Own entries and those of others that point here: two statements, each along its index."""
    found: dict[int, Entry] = {}
    if show != "others":
        own = Entry.objects.filter(_matching("", show, text), record_type=record.record_type, record_id=record.pk)
        own = own.filter(_earlier("at", "id", place)).select_related("actor", "batch").order_by("-at", "-id")
        found.update((entry.pk, entry) for entry in own[:limit])
    links = Link.objects.filter(_matching("entry__", show, text), record_type=record.record_type, record_id=record.pk)
    links = links.filter(_earlier("at", "entry_id", place)).select_related("entry__actor", "entry__batch")
    found.update((link.entry_id, link.entry) for link in links.order_by("-at", "-entry_id")[:limit])
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
    if moment is None or timezone.is_naive(moment) or not key.isdigit() or len(key) > 18:
        return None
    return moment, int(key)


# --- in words --------------------------------------------------------------------------------------------------------


def tell(entries: Iterable[Entry], record: Any, user: Any) -> list[Told]:
    """The entries this user may read: of other records only those they may see, of any record no hidden field."""
    entries = [entry for entry in entries if entry.record_type in registry]
    refs: set[Ref] = set()
    for entry in entries:
        record_type = registry.by_key(entry.record_type)
        if not _is_own(entry, record):
            refs.add((record_type.model, entry.record_id))
        refs |= _related_in(entry, record_type, user)
    names = names_of(refs, user)
    return [
        _told(entry, record, user, names)
        for entry in entries
        if _is_own(entry, record) or (registry.by_key(entry.record_type).model, entry.record_id) in names
    ]


def _is_own(entry: Entry, record: Any) -> bool:
    return entry.record_type == record.record_type and entry.record_id == record.pk


def _related_in(entry: Entry, record_type: RecordType, user: Any) -> set[Ref]:
    """Records a change points from or to."""
    fields = fields_of(record_type, user)
    return {
        (fields[name].target, value)
        for name, pair in entry.changes.items()
        if name in fields and fields[name].is_relation
        for value in pair
        if isinstance(value, int)
    }


def _told(entry: Entry, record: Any, user: Any, names: dict[Ref, str]) -> Told:
    record_type, own = registry.by_key(entry.record_type), _is_own(entry, record)
    changes = changes_in_words(entry, record_type, user, names)
    plain_change = entry.kind.endswith(".changed")
    return Told(
        id=entry.pk,
        at=entry.at,
        icon=icon_of(entry.kind),
        sentence=_count(changes) if plain_change else _sentence(entry, record_type, user),
        folded=not plain_change or len(changes) > 1,
        actor=str(entry.actor or ""),
        door=str(DOORS.get(entry.door, "")),
        other="" if own else names[record_type.model, entry.record_id],
        other_label="" if own else str(record_type.label),
        other_url="" if own else record_type.url(entry.record_id),
        text=_note(entry),
        changes=changes,
        undo_url=f"/undo/{entry.pk}/" if may_undo(entry, user) else "",
        undone=entry.undone_by is not None,
    )


def _count(changes: list[tuple[str, str, str]]) -> str:
    if len(changes) == 1:
        return _("%(field)s changed") % {"field": capfirst(changes[0][0])}
    return ngettext("%(n)s field changed", "%(n)s fields changed", len(changes)) % {"n": len(changes)}


def _sentence(entry: Entry, record_type: RecordType, user: Any) -> str:
    """What happened; amounts with their sign, and nothing of a field that is hidden from this user."""
    fields, data = fields_of(record_type, user), {}
    for key, value in entry.data.items():
        one = fields.get(key)
        if user.rights.hides(record_type.key, key):
            continue
        if one is not None and one.kind in ("money", "percent", "choice"):
            data[key] = words_of(one, value, {}, str(entry.data.get("currency") or house().currency))
        else:
            data[key] = value
    return capfirst(sentence_of(entry.kind, data))


def _note(entry: Entry) -> str:
    text = entry.data.get("text") or entry.data.get("note") or ""
    return text if isinstance(text, str) and entry.undone_by is None else ""


def changes_in_words(
    entry: Entry, record_type: RecordType, user: Any, names: dict[Ref, str]
) -> list[tuple[str, str, str]]:
    """(label, before, after) of the changed fields this user may see."""
    fields = fields_of(record_type, user)
    found = []
    for name, pair in entry.changes.items():
        one = fields.get(name)
        if one is None or name in SILENT or len(pair) != 2:
            continue
        before, after = (words_of(one, value, names, house().currency) for value in pair)
        found.append((str(one.label), before, after))
    return found


def _by_day(told: list[Told]) -> list[tuple[str, list[Told]]]:
    days: dict[dt.date, list[Told]] = {}
    for one in told:
        days.setdefault(timezone.localtime(one.at).date(), []).append(one)
    return [(_heading(day), entries) for day, entries in days.items()]


def _heading(day: dt.date) -> str:
    from fedele.ui.moments import day as spelled

    distance = (timezone.localdate() - day).days
    return {0: _("Today"), 1: _("Yesterday")}.get(distance) or spelled(day)
