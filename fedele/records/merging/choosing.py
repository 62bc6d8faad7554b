"""The fields of the records to be merged, side by side: what each says, what is taken, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from fedele.records.fields import RecordField, fields_of
from fedele.records.merging.suggesting import BOTH, both, may_be_both, suggest
from fedele.records.page.forms import plain_of
from fedele.records.page.words import words_for

#: Set by the record itself, or follows from another field.
NEVER = frozenset({"number", "team", "created_at", "updated_at"})


@dataclass
class Row:
    """A field, or several that are chosen as one, in which the records differ."""

    name: str
    label: str
    fields: list[RecordField]
    #: What each record says, in the order of the columns.
    texts: list[str]
    #: Id of the record whose value is taken, or BOTH.
    taken: str
    #: Why it is the suggested one; "" once somebody chose another.
    why: str = ""
    suggested: str = ""
    may_be_both: bool = False
    #: What comes of it.
    result: str = ""


@dataclass
class Comparison:
    """Records of one type side by side, the survivor among them, for `user`."""

    record_type: Any
    records: list[Any]
    survivor: Any
    user: Any
    #: Field → id of the record whose value is taken, or BOTH; what is not in it goes by the suggestion.
    choices: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def seen(self) -> dict[str, RecordField]:
        return self._mergeable(fields_of(self.record_type, self.user))

    def _mergeable(self, fields: dict[str, RecordField]) -> dict[str, RecordField]:
        rules = self.record_type.merge
        return {name: one for name, one in fields.items() if name not in NEVER and (one.editable or name in rules.also)}

    @cached_property
    def rows(self) -> list[Row]:
        """Those that differ, in the order of the form."""
        return [self._row(names) for names in self._groups(self.seen) if self._differs(names)]

    @cached_property
    def equal(self) -> list[tuple[str, str]]:
        """(label, value) of the fields in which all say the same, without those nobody filled in."""
        found = []
        for names in self._groups(self.seen):
            one = self.seen[names[0]]
            if not self._differs(names) and (text := self._text(names, self.records[0])):
                found.append((str(one.label) if len(names) == 1 else self._label(names), text))
        return found

    def values(self) -> dict[str, Any]:
        """What the survivor is to say, hidden fields among them: those go by the suggestion, unseen."""
        fields = self._mergeable(fields_of(self.record_type))
        found: dict[str, Any] = {}
        for names in self._groups(fields):
            taken = self._taken(names, fields)[0]
            for name in names:
                found[name] = self._value_taken(fields[name], taken)
        return found

    def clashing(self) -> list[tuple[str, list[str]]]:
        """(label, values) of identity data in which the records contradict each other."""
        found = []
        for name in self.record_type.merge.distinct:
            one = fields_of(self.record_type)[name]
            if len({plain_of(one, self._value(one, record)) for record in self.records} - {None}) > 1:
                words = [self._text((name,), record) for record in self.records] if name in self.seen else []
                found.append((str(one.label), list(dict.fromkeys(text for text in words if text))))
        return found

    # --- one field ---

    def _groups(self, fields: dict[str, RecordField]) -> list[tuple[str, ...]]:
        groups = {name: one for one in self.record_type.merge.together for name in one.fields if name in fields}
        found: dict[tuple[str, ...], None] = {}
        for name in fields:
            group = groups.get(name)
            found[tuple(part for part in group.fields if part in fields) if group else (name,)] = None
        return list(found)

    def _label(self, names: tuple[str, ...]) -> str:
        return next(str(one.label) for one in self.record_type.merge.together if set(names) <= set(one.fields))

    def _value(self, one: RecordField, record: Any) -> Any:
        """A record that belongs to one of the others belongs to none of them once they are one."""
        if one.is_relation and getattr(record, one.field.attname) is None:
            return None
        if one.target is self.record_type.model and getattr(record, one.field.attname) in {r.pk for r in self.records}:
            return None
        return one.value_of(record)

    def _differs(self, names: tuple[str, ...]) -> bool:
        fields = fields_of(self.record_type)
        said = [[plain_of(fields[name], self._value(fields[name], one)) for name in names] for one in self.records]
        return any(one != said[0] for one in said)

    def _taken(self, names: tuple[str, ...], fields: dict[str, RecordField]) -> tuple[str, str, str]:
        """(taken, suggested, why): what was chosen if it is a choice, otherwise the suggestion."""
        one = fields[names[0]]
        place: int | str
        if len(names) > 1:
            place, why = self._most_complete(names, fields)
        else:
            values = [self._value(one, record) for record in self.records]
            place, why = suggest(one, self.records, values, self.record_type.merge, self.survivor)
        suggested = BOTH if place == BOTH else str(self.records[int(place)].pk)
        chosen = self.choices.get(names[0], "") if names[0] in self.seen else ""
        possible = {str(record.pk) for record in self.records} | (
            {BOTH} if len(names) == 1 and may_be_both(one) else set()
        )
        return (chosen if chosen in possible else suggested), suggested, why

    def _most_complete(self, names: tuple[str, ...], fields: dict[str, RecordField]) -> tuple[int, str]:
        filled = [sum(bool(self._value(fields[name], one)) for name in names) for one in self.records]
        best = [place for place, count in enumerate(filled) if count == max(filled)]
        alone = len(best) < len(self.records)
        why = _("the most complete") if alone else _("from the record changed last")
        return max(best, key=lambda place: (self.records[place].updated_at, -place)), why

    def _value_taken(self, one: RecordField, taken: str) -> Any:
        if taken == BOTH:
            first = [self.survivor, *(record for record in self.records if record.pk != self.survivor.pk)]
            return both(one, [self._value(one, record) for record in first])
        return self._value(one, next(record for record in self.records if str(record.pk) == taken))

    def _row(self, names: tuple[str, ...]) -> Row:
        taken, suggested, why = self._taken(names, self.seen)
        one = self.seen[names[0]]
        texts = [self._text(names, record) for record in self.records]
        places = {str(record.pk): text for record, text in zip(self.records, texts, strict=True)}
        return Row(
            name=names[0],
            label=str(one.label) if len(names) == 1 else self._label(names),
            fields=[self.seen[name] for name in names],
            texts=texts,
            taken=taken,
            why=why,
            suggested=suggested,
            may_be_both=len(names) == 1 and may_be_both(one),
            result=places[taken] if taken != BOTH else self._words(one, self._value_taken(one, BOTH)),
        )

    def _text(self, names: tuple[str, ...], record: Any) -> str:
        return ", ".join(
            text for name in names if (text := self._words(self.seen[name], self._value(self.seen[name], record)))
        )

    def _words(self, one: RecordField, value: Any) -> str:
        hidden = one.is_relation and value is not None and hasattr(value, "trashed_at")
        if hidden and (value.is_trashed or not self.user.rights.covers(value, "view")):
            return _("not visible to you")
        return self._said(one.name, value)

    @cached_property
    def _said(self) -> Any:
        return words_for(self.record_type, self.user)


def most_complete(record_type: Any, records: list[Any]) -> Any:
    """The record suggested to remain: the one with the most filled fields, of several the oldest."""
    names = [name for name, one in fields_of(record_type).items() if not one.is_relation and not one.is_custom]

    def filled(record: Any) -> int:
        return sum(getattr(record, name) not in (None, "", False, []) for name in names)

    return max(records, key=lambda record: (filled(record) + len(record.custom or {}), -record.pk))
