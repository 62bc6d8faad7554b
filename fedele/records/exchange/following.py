"""Rows that are like another: what people decided about them, or what the rules say, is done with them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from fedele.records.declare import RecordType
from fedele.records.exchange.becoming import Judge
from fedele.records.exchange.candidates import Candidate
from fedele.records.exchange.decided import Act, Decision
from fedele.records.exchange.mapping import writable
from fedele.records.exchange.marks import Mark
from fedele.records.fields import fields_of
from fedele.records.likeness import is_compared
from fedele.records.registry import registry


def rule_for(rules: dict[str, Any], matches: list[list[Any]]) -> str:
    """What becomes of a row nobody decided about: told for those like this one, or for all of them."""
    kind = matches[0][0] if matches else ""
    return str(rules.get("likes", {}).get(kind) or rules.get("duplicates", Act.CREATE))


def relation_to(record_type: RecordType, other: RecordType) -> tuple[str, str] | None:
    """How a new record is joined to one of another type: (own field, "" for that record or the name of its field).

    A contact to a company it is like, or to the company of a person it is like. None where there is no such way.
    """
    theirs = fields_of(other)
    for name, one in fields_of(record_type).items():
        if one.kind != "relation" or not one.editable or one.target is record_type.model:
            continue
        if not is_compared(one.target._meta.model_name):
            continue
        if one.target is other.model:
            return name, ""
        shared = [key for key, field in theirs.items() if field.kind == "relation" and field.target is one.target]
        if shared:
            return name, shared[0]
    return None


class Follower:
    """Does it for a batch of rows at a time; records are read, and locked if they are to be stored, once for all."""

    def __init__(self, source: Any, reader: Any, *, applies_rules: bool) -> None:
        self.source, self.reader, self.applies_rules = source, reader, applies_rules
        self.record_type: RecordType = reader.record_type
        self._judges: dict[str, Judge] = {self.record_type.key: reader.judge}

    def __call__(self, candidates: list[Candidate], decided: dict[int, Decision]) -> None:
        told: list[tuple[Candidate, str, str, int]] = []
        for one in candidates:
            if one.line in decided and one.fate in ("new", "duplicate"):
                decision = decided[one.line]
                told.append((one, decision.act, decision.record_type, decision.record_id))
            elif one.fate == "duplicate" and self.applies_rules:
                one.act = rule_for(self.source.rules, one.matches)
                if one.act in (Act.UPDATE, Act.LINK) and one.matches:
                    told.append((one, one.act, one.matches[0][0], one.matches[0][1]))
        if told:
            records, lines = self._records(told, candidates), {one.line: one for one in candidates}
            for one, act, key, record_id in told:
                self._follow(one, act, key, records.get((key, record_id)), lines.get(record_id))

    def _records(self, told: list[Any], candidates: list[Candidate]) -> dict[tuple[str, int], Any]:
        """The records rows are about; one that another row of the batch is about already is the same object."""
        wanted: dict[str, set[int]] = defaultdict(set)
        for _one, act, key, record_id in told:
            if act in (Act.UPDATE, Act.LINK):
                wanted[key].add(record_id)
        found: dict[tuple[str, int], Any] = {}
        for line, record in self._brought(wanted.pop("", set())):
            found["", line] = record
        for key, ids in wanted.items():
            if key in registry:
                for record in self._visible(key, ids):
                    found[key, record.pk] = record
        for one in candidates:
            if one.record is not None and one.record.pk and one.fate in ("update", "unchanged"):
                found[one.record.record_type, one.record.pk] = one.record
        return found

    def _brought(self, lines: set[int]) -> list[tuple[int, Any]]:
        """(line, record) of rows that came in with earlier batches of this file."""
        if not (lines and self.source.batch_id):
            return []
        marks = Mark.objects.filter(source=self.source, line__in=lines, record_type=self.record_type.key)
        made = {mark.record_id: mark.line for mark in marks}
        return [(made[record.pk], record) for record in self._visible(self.record_type.key, set(made))]

    def _visible(self, key: str, ids: set[int]) -> Any:
        records = registry.by_key(key).model.objects.visible_to(self.source.user).filter(pk__in=ids)
        return records.select_for_update(of=("self",)) if self.source.batch_id else records

    def _follow(self, one: Candidate, act: str, key: str, record: Any, above: Candidate | None) -> None:
        is_decided = not one.act
        if act == Act.LINK and not key and record is None and above is not None:
            record = above.record
        if act == Act.SKIP:
            one.fate = "left_out"
        elif act == Act.CREATE:
            one.fate = "new"
        elif not key and act == Act.UPDATE and record is None:
            self._join(one, above)
        elif record is None:
            if is_decided:
                one.add_problem("", _("The record it was to be joined with is no longer there: decide anew."))
        elif act == Act.LINK:
            self._link(one, key, record)
        else:
            self._update(one, key, record)

    def _join(self, one: Candidate, above: Candidate | None) -> None:
        """Another row about what an earlier row of the same batch makes: it fills in what that one leaves open."""
        if above is None or above is one:
            # Of an earlier batch: when the file is only checked, nothing is there to be filled in yet.
            one.fate, one.values = ("new", one.values) if self.source.batch_id else ("update", {})
            return
        if above.fate not in ("new", "duplicate", "update", "unchanged") or above.record is None:
            one.fate = "new"
            return
        more = {name: value for name, value in one.values.items() if name not in above.values}
        above.values.update(more)
        above.record.put(more)
        one.fate, one.values, one.record = "update", {}, above.record

    def _update(self, one: Candidate, key: str, record: Any) -> None:
        key = key or self.record_type.key
        if key != self.record_type.key:
            theirs, ours = writable(registry.by_key(key), self.source.user), fields_of(self.record_type)
            one.values = {
                name: value
                for name, value in one.values.items()
                if name in theirs and theirs[name].kind == ours[name].kind and theirs[name].target is ours[name].target
            }
        one.fate, one.record = "unchanged", record
        self._judge_of(key).decide(one)

    def _judge_of(self, key: str) -> Judge:
        if key not in self._judges:
            known = registry.by_key(key)
            self._judges[key] = Judge(known, self.reader.headers, self.source.rules, self.source.user)
        return self._judges[key]

    def _link(self, one: Candidate, key: str, record: Any) -> None:
        way = relation_to(self.record_type, registry.by_key(key or self.record_type.key))
        one.fate = "new"
        if way is None:
            return
        own, theirs = way
        target = getattr(record, theirs) if theirs else record
        if target is not None:
            self.reader.judge.add(one, own, target)
