"""Entries of the journal in the reader's words, without what they may not see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fedele.base.house import house
from fedele.base.places import place_of
from fedele.journal.models import Entry
from fedele.journal.sentences import icon_of, sentence_of
from fedele.records.declare import RecordType
from fedele.records.fields import RecordField, fields_of
from fedele.records.merging.leading import merged_into
from fedele.records.page.types import EntryAct, acts_of, opening_of, type_of
from fedele.records.page.words import Ref, names_of, words_of
from fedele.records.registry import registry
from fedele.records.undo import may_undo

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
    #: Of little interest by itself: folded with others like it.
    noise: bool = False
    #: What kind of thing it is, in a word.
    type_label: str = ""
    #: Where its body is, to be read in place.
    opens_url: str = ""
    acts: list[EntryAct] = field(default_factory=list)

    @property
    def place(self) -> str:
        """For an address that begins the story with it."""
        return place_of(self.at, self.id)


def tell(entries: Iterable[Entry], record: Any, user: Any) -> list[Told]:
    """The entries this user may read: of other records only those they may see, of any record no hidden field.

    One statement for all names, however many entries and record types.
    """
    known = [entry for entry in entries if entry.record_type in registry]
    teller = Teller(
        record, user, {key: fields_of(registry.by_key(key), user) for key in {one.record_type for one in known}}
    )
    teller.learn(known)
    return [teller.told(entry) for entry in known if teller.may_tell(entry)]


@dataclass
class Teller:
    """Tells entries on the page of `record`, to `user`, who may see these fields of each record type."""

    record: Any
    user: Any
    fields: dict[str, dict[str, RecordField]]
    names: dict[Ref, str] = field(default_factory=dict)

    def learn(self, entries: list[Entry]) -> None:
        """What the records, the people and the relations in the entries are called."""
        people = get_user_model()
        refs: set[Ref] = {(people, entry.actor_id) for entry in entries if entry.actor_id}
        for entry in entries:
            if not self.is_own(entry) and not self.was_merged(entry):
                refs.add((registry.by_key(entry.record_type).model, entry.record_id))
            refs |= related_in(entry, self.fields[entry.record_type])
        self.names = names_of(refs, self.user)

    def is_own(self, entry: Entry) -> bool:
        return entry.record_type == self.record.record_type and entry.record_id == self.record.pk

    def was_merged(self, entry: Entry) -> bool:
        """It happened to what was later merged into this record, under the name it had then."""
        merged = merged_into(self.record)
        return entry.record_type == self.record.record_type and any(entry.record_id == one.record_id for one in merged)

    def may_tell(self, entry: Entry) -> bool:
        return (
            self.is_own(entry)
            or self.was_merged(entry)
            or (registry.by_key(entry.record_type).model, entry.record_id) in self.names
        )

    def told(self, entry: Entry) -> Told:
        record_type, own, merged = registry.by_key(entry.record_type), self.is_own(entry), self.was_merged(entry)
        fields = self.fields[entry.record_type]
        changes = changes_in_words(entry, fields, self.names)
        plain_change = entry.kind.endswith(".changed")
        kept = type_of(entry)
        return Told(
            id=entry.pk,
            at=entry.at,
            icon=kept.icon if kept and kept.where else icon_of(entry.kind, entry.data),
            sentence=count_of(changes) if plain_change else self.sentence(entry, record_type, fields),
            folded=not plain_change or len(changes) > 1,
            actor=self.names.get((get_user_model(), entry.actor_id or 0), ""),
            door="" if kept and kept.door == entry.door else str(DOORS.get(entry.door, "")),
            other="" if own else entry.title if merged else self.names[record_type.model, entry.record_id],
            other_label="" if own else str(record_type.label),
            other_url="" if own else record_type.url(entry.record_id),
            text=note_of(entry),
            changes=changes,
            undo_url=f"/undo/{entry.pk}/" if not merged and may_undo(entry, self.user) else "",
            undone=entry.undone_by is not None,
            noise=bool(kept and kept.noise),
            type_label=str(kept.label) if kept else "",
            opens_url=opening_of(entry, self.user),
            acts=acts_of(entry, self.user),
        )

    def sentence(self, entry: Entry, record_type: RecordType, fields: dict[str, RecordField]) -> str:
        """What happened; amounts with their sign, and nothing of a field that is hidden from this user."""
        data = {}
        for key, value in entry.data.items():
            one = fields.get(key)
            if self.user.rights.hides(record_type.key, key):
                continue
            if one is not None and one.kind in ("money", "percent", "choice"):
                data[key] = words_of(one, value, {}, str(entry.data.get("currency") or house().currency))
            else:
                data[key] = value
        return capfirst(sentence_of(entry.kind, data))


def related_in(entry: Entry, fields: dict[str, RecordField]) -> set[Ref]:
    """Records a change points from or to."""
    return {
        (fields[name].target, value)
        for name, pair in entry.changes.items()
        if name in fields and fields[name].is_relation
        for value in pair
        if isinstance(value, int)
    }


def changes_in_words(entry: Entry, fields: dict[str, RecordField], names: dict[Ref, str]) -> list[tuple[str, str, str]]:
    """(label, before, after) of the changed fields; those not in `fields` are left out."""
    found = []
    for name, pair in entry.changes.items():
        one = fields.get(name)
        if one is None or name in SILENT or len(pair) != 2:
            continue
        before, after = (words_of(one, value, names, house().currency) for value in pair)
        found.append((str(one.label), before, after))
    return found


def count_of(changes: list[tuple[str, str, str]]) -> str:
    if len(changes) == 1:
        return _("%(field)s changed") % {"field": capfirst(changes[0][0])}
    return ngettext("%(n)s field changed", "%(n)s fields changed", len(changes)) % {"n": len(changes)}


def note_of(entry: Entry) -> str:
    text = entry.data.get("text") or entry.data.get("note") or ""
    return text if isinstance(text, str) and entry.undone_by is None else ""
