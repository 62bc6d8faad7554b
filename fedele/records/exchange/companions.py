"""Records that come with a row in columns of their own: a person's company, an opportunity's customer.

Rows that tell of the same one, by what identifies it or by its name, bring it once. One that is there is changed by the
same policies as the row's own record; one nobody knows is made.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from fedele.records.exchange.candidates import Candidate
from fedele.records.exchange.columns import Column
from fedele.records.exchange.mapping import needed
from fedele.records.exchange.policies import KEEP, is_empty, policy_of, taken, value_of
from fedele.records.exchange.seeking import Companion, Seeker
from fedele.records.fields import RecordField, fields_of
from fedele.records.registry import registry
from fedele.search.naming import key_of


class Companions:
    """Of one relation. Reads batches, after the rows' own cells."""

    def __init__(
        self,
        relation: RecordField,
        columns: list[Column],
        caller: Column | None,
        rules: dict[str, Any],
        user: Any,
        provenance: int | None,
        batch_id: int | None,
    ) -> None:
        self.relation, self.columns, self.caller, self.rules, self.user = relation, columns, caller, rules, user
        self.record_type = registry.by_key(relation.target._meta.model_name)
        self.name = relation.name
        self._provenance = (self.record_type.exchange.provenance, provenance or None)
        self._policies = {column.name: column.policy for column in columns}
        exchange = self.record_type.exchange
        self._certain = [name for name in (exchange.key, *exchange.identify) if name in self._policies]
        self._alike = exchange.alike
        self._fields = fields_of(self.record_type)
        self._needed = needed(self.record_type, user)
        self._blank = self.record_type.model()
        self._seeker = Seeker(self.record_type, relation, self._certain, user, batch_id)
        self.may_create = bool(rules.get("create_related") and user.rights.may("create", self.record_type.key))
        #: Of those that would be made: how many there would be in the whole file.
        self.new_names: set[int] = set()

    def read(self, candidates: list[Candidate], cell_of: Any) -> None:
        """Gives each row its related record, to be made or to be changed, or a problem."""
        told = []
        for one in candidates:
            values = self._values(one, cell_of)
            called = cell_of(one, self.caller) if self.caller else ""
            if not one.problems and (values or called):
                told.append((one, values, called))
        companions = self._collapsed(told)
        self._seeker.find(companions)
        for companion in self._joined(companions):
            self._decide(companion)
            for one, values in companion.rows:
                if companion.problem and (not companion.denied or not companion.denied.isdisjoint(values)):
                    one.add_problem(*companion.problem)
                elif companion.outcome is not None:
                    one.values[self.name] = companion.outcome.record
                    one.companions.append(companion.outcome)

    # --- what the rows say ---

    def _values(self, one: Candidate, cell_of: Any) -> dict[str, Any]:
        values: dict[str, Any] = {}
        needs = {name for column in self.columns for name in column.needs}
        for column in self.columns:
            cell = cell_of(one, column)
            if not cell:
                continue
            holder = self._blank
            if column.needs and any(values.get(name) for name in needs):
                holder = _Holder({name: values.get(name) or getattr(self._blank, name) for name in needs})
            try:
                value = column.parse(cell, holder)  # type: ignore[misc]
            except ValidationError as error:
                one.add_problem(column.full_name, " ".join(error.messages))
                continue
            if value is not None and value != "":
                before = values.get(column.name) if column.is_remark else None
                values[column.name] = f"{before}\n{value}" if before else value
        return values

    def _collapsed(self, told: list[tuple[Candidate, dict[str, Any], str]]) -> list[Companion]:
        """One for all rows that say the same: the same number or VAT number, or the same name and place."""
        found: dict[int, Companion] = {}
        known: dict[Any, Companion] = {}
        for one, values, called in told:
            keys: list[Any] = [(key, values[key]) for key in self._certain if values.get(key)]
            keys = keys or [
                (
                    key_of(self._seeker.name_of(values) or called),
                    *(key_of(str(values.get(key) or "")) for key in self._alike),
                )
            ]
            companion = next((known[key] for key in keys if key in known), None) or Companion({}, called)
            companion.values = {**values, **companion.values}
            companion.rows.append((one, values))
            known.update(dict.fromkeys(keys, companion))
            found[id(companion)] = companion
        return list(found.values())

    def _joined(self, companions: list[Companion]) -> list[Companion]:
        """Those that turned out to mean one stored record; and new ones of one name with nothing against it."""
        found: list[Companion] = []
        there: dict[int, Companion] = {}
        by_name: dict[str, list[Companion]] = defaultdict(list)
        for one in sorted(companions, key=lambda other: not self._is_certain(other)):
            name = key_of(self._seeker.name_of(one.values) or one.called)
            same = there.get(one.outcome.record.pk) if one.outcome else None
            if one.outcome is None and one.problem is None and name:
                # Of several of one name nobody can say which a bare name means.
                agreeing = [other for other in by_name[name] if self._seeker.agree(one.values, other.values)]
                same = agreeing[0] if len(agreeing) == 1 else None
            if same is not None:
                same.values = {**one.values, **same.values}
                same.rows += one.rows
                continue
            found.append(one)
            if one.outcome is not None:
                there[one.outcome.record.pk] = one
            elif one.problem is None:
                by_name[name].append(one)
        return found

    def _is_certain(self, one: Companion) -> bool:
        return any(one.values.get(name) for name in self._certain)

    # --- what becomes of them ---

    def _decide(self, one: Companion) -> None:
        if one.problem is not None:
            return
        if one.outcome is None:
            self._make(one)
        else:
            self._change(one, one.outcome)

    def _change(self, one: Companion, outcome: Candidate) -> None:
        record = outcome.record
        outcome.fate = "unchanged"
        changes = {}
        for name, value in one.values.items():
            if name == self.record_type.exchange.key:
                continue
            kept = taken(record, name, value, policy_of(self.rules, self._policies.get(name, "")))
            if kept is not KEEP:
                changes[name] = kept
        if not changes:
            return
        if not self.user.rights.covers(record, "edit"):
            one.denied = frozenset(name for name, value in changes.items() if value_of(record, name) != value)
            if one.denied:
                text = _("%(record)s is already there, and you may not change it.")
                one.problem = (self.name, text % {"record": record})
            return
        record.put(changes)
        if record.changes():
            outcome.fate, outcome.values = "update", changes
            self._check(one, record)

    def _make(self, one: Companion) -> None:
        values = self._filled_in(one)
        if not self.may_create or values is None:
            name = self._seeker.name_of(one.values) or one.called or next(iter(map(str, one.values.values())), "")
            one.problem = (self.name, _("“%(value)s” is not known here.") % {"value": name[:60]})
            return
        for needs in self._needed:
            if values.get(needs.name) in (None, "", []):
                one.problem = (f"{self.name}.{needs.name}", _("“%(field)s” is missing.") % {"field": needs.label})
                return
        record = self.record_type.model()
        record.put(values)
        if "owner" not in values:
            record.owner_id, record.team_id = self.rules.get("owner_id"), self.rules.get("team_id")
        if not self.user.rights.covers(record, "create"):
            record.owner_id, record.team_id = self.user.pk, self.user.team_id
        name, came_from = self._provenance
        if name and came_from and is_empty(record, name):
            setattr(record, f"{name}_id", came_from)
        one.outcome = Candidate(one.rows[0][0].line, [], values=values, record=record, fate="new")
        self._check(one, record)
        keys = [(key, values[key]) for key in self._certain if values.get(key)]
        self.new_names.add(hash(keys[0]) if keys else hash(key_of(self._seeker.name_of(values))))

    def _filled_in(self, one: Companion) -> dict[str, Any] | None:
        """With the name that the column of the relation says; None when there is no name at all."""
        values = {name: value for name, value in one.values.items() if name != self.record_type.exchange.key}
        if self._seeker.name_of(values) or not one.called:
            return values
        words = self.record_type.named(one.called)
        if words is None:
            return None
        return {**{name: self._fields[name].clean(word) for name, word in words.items() if word}, **values}

    def _check(self, one: Companion, record: Any) -> None:
        try:
            record.clean()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                one.problem = (self.name if name == NON_FIELD_ERRORS else f"{self.name}.{name}", " ".join(messages))


class _Holder:
    """The fields a cell is read by."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.__dict__.update(values)
