"""Which stored record a row means by what it tells of a related one: by number, by what identifies it, by its name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from fedele.records.declare import RecordType
from fedele.records.exchange.candidates import Candidate
from fedele.records.exchange.matching import Matcher
from fedele.records.fields import RecordField
from fedele.search.naming import key_of, named


@dataclass(slots=True, eq=False)
class Companion:
    """One related record that rows of a batch tell of."""

    #: What its columns say; of two rows that differ, the first.
    values: dict[str, Any]
    #: What the column of the relation itself says: a name, or a number.
    called: str = ""
    #: With what each of them says.
    rows: list[tuple[Candidate, dict[str, Any]]] = field(default_factory=list)
    #: What would become of it.
    outcome: Candidate | None = None
    problem: tuple[str, str] | None = None
    #: Fields the user may not change; only rows that say something of them have the problem.
    denied: frozenset[str] = frozenset()


class Seeker:
    """Of the records of one relation. A few statements a batch."""

    def __init__(
        self, record_type: RecordType, relation: RecordField, certain: list[str], user: Any, batch_id: int | None
    ) -> None:
        self.record_type, self.relation, self.certain, self.user = record_type, relation, certain, user
        self.title = record_type.search.title if record_type.search else ()
        self.matcher = Matcher(record_type, certain, user, batch_id)

    def name_of(self, values: dict[str, Any]) -> str:
        return " ".join(str(values[name]) for name in self.title if values.get(name))

    def agree(self, values: dict[str, Any], other: Any) -> bool:
        """Does nothing that tells two of one name apart contradict the other (values, or a stored record)?"""
        exchange = self.record_type.exchange
        for name in (exchange.key, *exchange.identify, *exchange.alike):
            mine = values.get(name)
            theirs = other.get(name) if isinstance(other, dict) else getattr(other, name, None)
            if mine and theirs and key_of(str(mine)) != key_of(str(theirs)):
                return False
        return True

    def find(self, companions: list[Companion]) -> None:
        there = {
            name: self.matcher.under(name, [str(one.values[name]) for one in companions if one.values.get(name)])
            for name in self.certain
        }
        for one in companions:
            records = next(
                (found for name in self.certain if (found := there[name].get(str(one.values.get(name) or "")))), []
            )
            if len(records) > 1:
                one.problem = self._which(records, self.certain[0])
            elif records:
                one.outcome = Candidate(one.rows[0][0].line, [], record=records[0])
        self._find_called([one for one in companions if one.outcome is None and one.problem is None])

    def _find_called(self, companions: list[Companion]) -> None:
        names = {one: self.name_of(one.values) or one.called for one in companions}
        numbers = self.matcher.under(self.record_type.exchange.key, [one.called for one in companions if one.called])
        ids = named(self.record_type.key, [name for name in names.values() if name])
        records = self._records([key for keys in ids.values() for key in keys])
        for one in companions:
            found = numbers.get(one.called) or [
                records[key]
                for key in ids.get(key_of(names[one]), ())
                if key in records and self.agree(one.values, records[key])
            ]
            if len(found) > 1:
                found = self._nearest(one, found)
            if len(found) > 1:
                one.problem = self._which(found, "")
            elif found:
                one.outcome = Candidate(one.rows[0][0].line, [], record=found[0])

    def _records(self, ids: list[int]) -> dict[int, Any]:
        if not ids:
            return {}
        records = self.record_type.model.objects.visible_to(self.user).filter(pk__in=ids)
        if self.matcher.batch_id:
            records = records.select_for_update(of=("self",))
        return {record.pk: record for record in records.order_by("pk")}

    def _nearest(self, one: Companion, records: list[Any]) -> list[Any]:
        """Of several of one name: the one the row's record has already, or the one in the place the row names."""
        current = {getattr(row.record, self.relation.path) for row, _values in one.rows if row.record is not None}
        if mine := [record for record in records if record.pk in current]:
            return mine
        places = [name for name in self.record_type.exchange.alike if one.values.get(name)]
        same = [
            record
            for record in records
            if all(key_of(str(getattr(record, name) or "")) == key_of(str(one.values[name])) for name in places)
        ]
        return same if places and same else records

    def _which(self, records: list[Any], name: str) -> tuple[str, str]:
        text = _("%(count)s records are called “%(value)s”: give the number of the one you mean.")
        told = text % {"count": len(records), "value": str(records[0])[:60]}
        return (f"{self.relation.name}.{name}" if name else self.relation.name, told)
