"""Rows of a file as records to be: their values, what is wrong with them, what would become of them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from fedele.journal.storing import maker
from fedele.records.declare import RecordType
from fedele.records.exchange.becoming import Judge
from fedele.records.exchange.candidates import Candidate
from fedele.records.exchange.columns import NOWHERE, Column, columns_of
from fedele.records.exchange.companions import Companions
from fedele.records.exchange.guarding import unguarded
from fedele.records.exchange.matching import Matcher
from fedele.records.fields import from_model_cached
from fedele.search.naming import key_of


class Reader:
    """Reads batches of rows into candidates. With a `batch_id` they are about to be stored under that batch."""

    def __init__(
        self,
        record_type: RecordType,
        table: Any,
        mapping: dict[str, Any],
        rules: dict[str, Any],
        user: Any,
        *,
        constants: dict[str, str] | None = None,
        provenance: int | None = 0,
        batch_id: int | None = None,
    ) -> None:
        self.record_type = record_type
        columns = columns_of(record_type, table, mapping, rules, user, constants)
        self.headers = {column.full_name: column.header for column in columns}
        self.companions = _companions(record_type, columns, rules, user, provenance, batch_id)
        apart = {one.name for one in self.companions}
        #: Those of the record itself.
        self.columns = [column for column in columns if not column.group and column.name not in apart]
        needed = {name for column in self.columns for name in column.needs}
        exchange = record_type.exchange
        identifying = {exchange.key, *exchange.identify}
        early = identifying | {*exchange.recognised_by}
        self._key = next((column for column in self.columns if column.name == exchange.key), None)
        #: Read in this order: what others need, what identifies a record, and once it is known, all others.
        self._settling = [column for column in self.columns if column.name in needed]
        self._identifying = [column for column in self.columns if column.name in early - needed]
        #: Relations to records of the same type: rows of one file may name each other.
        self._own = [column for column in self.columns if column.find and column.find.record_type is record_type]
        self._others = [
            column for column in self.columns if column.name not in needed | early and column not in self._own
        ]
        self._needed = needed
        self._default = record_type.model()
        self._is_guarded = table.kind == "csv"
        certain = [column.name for column in self._identifying if column.name in identifying]
        self.matcher = Matcher(record_type, certain, user, batch_id)
        policies = {column.name: column.policy for column in columns if not column.group and column.policy}
        self.judge = Judge(record_type, self.headers, rules, user, policies, provenance)

    def read(self, rows: list[Any]) -> list[Candidate]:
        self.matcher.begin_batch()
        self.judge.blank = maker(self.record_type.model)
        candidates = [Candidate(row.line, row.cells) for row in rows]
        sound = []
        for one, row in zip(candidates, rows, strict=True):
            if row.problem:
                one.add_problem("", str(row.problem))
            else:
                sound.append(one)
        for column in self.columns:
            if column.find:
                column.find.prepare({self._cell(one, column) for one in sound})
        self._read(sound)
        for companions in self.companions:
            companions.read([one for one in sound if not one.problems], self._cell)
        good = [one for one in sound if not one.problems]
        for one in good:
            self.judge.decide(one)
        if self._own:
            self._link([one for one in good if not one.problems])
        self.matcher.find_namesakes([one for one in good if one.fate == "new"])
        return candidates

    def _read(self, candidates: list[Candidate]) -> None:
        if self._key:
            known = self.matcher.under(self._key.name, (self._cell(one, self._key) for one in candidates))
            for one in candidates:
                one.record = next(iter(known.get(self._cell(one, self._key), ())), None)
        for one in candidates:
            self._put(one, self._settling, self._default)
            self._put(one, self._identifying, self._holder(one))
        self.matcher.identify([one for one in candidates if not one.problems])
        self.record_type.recognise(candidates, self.matcher)
        for one in candidates:
            self._put(one, self._others, self._holder(one))
        if self._own:
            self.matcher.adopt(candidates)

    def _link(self, candidates: list[Candidate]) -> None:
        """Sets relations among the records of this very file, whichever of the two rows comes first."""
        siblings = {key_of(self.matcher.title(one)): one for one in reversed(candidates) if one.fate == "new"}
        for one in candidates:
            for column in self._own:
                cell = self._cell(one, column)
                sibling = siblings.get(key_of(cell)) if cell else None
                if sibling is not None and sibling is not one:
                    self.judge.add(one, column.name, sibling.record)
                    if one.record in self.above(one.record):
                        one.add_problem(column.name, _("The rows of this file name each other in a circle."))
                elif cell:
                    before = dict(one.values)
                    self._put_cell(one, column, cell, None)
                    if one.values != before:
                        self.judge.add(one, column.name, one.values[column.name])

    def above(self, record: Any) -> list[Any]:
        """The new records of this batch that a new one names, those that they name, and so on."""
        found: list[Any] = []
        waiting = [record]
        while waiting:
            one = waiting.pop()
            for column in self._own:
                named = one._state.fields_cache.get(column.name)
                if named is not None and named.pk is None and not any(named is other for other in found):
                    found.append(named)
                    waiting.append(named)
        return found

    def _holder(self, one: Candidate) -> Any:
        """What the cells of a row are read by: its own country, that of the record it means, or ours."""
        base = one.record or self._default
        if not self._settling:
            return base
        if any(name in self._needed for name, _message in one.problems):
            return None
        return SimpleNamespace(**{name: one.values.get(name) or getattr(base, name) for name in self._needed})

    def _cell(self, one: Candidate, column: Column) -> str:
        if column.at == NOWHERE:
            return column.constant
        cell: str = one.cells[column.at].strip()
        if self._is_guarded and cell[:1] == "'":
            cell = unguarded(cell)
        return column.change(cell) if column.change and cell else cell

    def _put(self, one: Candidate, columns: list[Column], holder: Any) -> None:
        for column in columns:
            cell = self._cell(one, column)
            if not cell:
                continue
            if "\x00" in cell:
                one.add_problem(column.name, _("This contains a character that cannot be stored."))
            elif holder is not None or not column.needs:
                self._put_cell(one, column, cell, holder)

    def _put_cell(self, one: Candidate, column: Column, cell: str, holder: Any) -> None:
        try:
            if column.find:
                value = column.find(cell, getattr(one.record, column.field.path) if one.record else None)
            else:
                value = column.parse(cell, holder)  # type: ignore[misc]
        except ValidationError as error:
            one.add_problem(column.name, " ".join(error.messages))
            return
        if value is not None and value != "":
            before = one.values.get(column.name) if column.is_remark else None
            one.values[column.name] = f"{before}\n{value}" if before else value


def _companions(
    record_type: RecordType, columns: list[Column], rules: dict[str, Any], user: Any, provenance: Any, batch_id: Any
) -> list[Companions]:
    """One for each relation whose record has columns of its own; the column of the relation itself says its name."""
    found = []
    for name in dict.fromkeys(column.group for column in columns if column.group):
        relation = from_model_cached(record_type, name)
        own = [column for column in columns if column.group == name]
        caller = next((column for column in columns if not column.group and column.name == name), None)
        found.append(Companions(relation, own, caller, rules, user, provenance, batch_id))
    return found
