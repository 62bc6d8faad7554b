"""Rows of a file as records to be: values, what is wrong with them, which existing record they mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from fedele.records.declare import RecordType
from fedele.records.exchange.cells import Parser, parser_for
from fedele.records.exchange.mapping import fold, writable
from fedele.records.exchange.related import Finder
from fedele.records.fields import RecordField


@dataclass
class Candidate:
    """What a row would become."""

    line: int
    cells: list[Any]
    values: dict[str, Any] = field(default_factory=dict)
    #: (column, message)
    problems: list[tuple[str, str]] = field(default_factory=list)
    record: Any = None
    #: new, update, unchanged, duplicate, problem
    fate: str = "new"
    duplicate_of: str = ""


@dataclass(frozen=True)
class Column:
    header: str
    at: int
    field: RecordField
    parse: Parser | None
    find: Finder | None


class Reader:
    """Reads batches of rows into candidates; keeps what it has learnt from one batch to the next."""

    def __init__(self, record_type: RecordType, table: Any, mapping: dict[str, str], rules: dict[str, Any], user: Any) -> None:
        self.record_type, self.user, self.rules = record_type, user, rules
        self.columns = self._columns(table, mapping)
        self.key_fields = [name for name in (record_type.exchange.key, *record_type.exchange.identify) if name in mapping.values()]
        #: Identifying values already met in this file: {("vat_number", "…"): line}
        self.met: dict[tuple[str, str], int] = {}
        self.named: dict[tuple[str, ...], int] = {}

    def _columns(self, table: Any, mapping: dict[str, str]) -> list[Column]:
        fields, columns = writable(self.record_type, self.user), []
        for at, header in enumerate(table.headers):
            one = fields.get(mapping.get(header, ""))
            if one is None:
                continue
            find = Finder(one, self.user, create=bool(self.rules.get("create_related"))) if one.is_relation else None
            parse = None if find else parser_for(one, decimal=table.decimal, date_order=table.date_order)
            columns.append(Column(header, at, one, parse, find))
        return columns

    def read(self, rows: list[Any]) -> list[Candidate]:
        for column in self.columns:
            if column.find:
                column.find.prepare({str(row.cells[column.at]).strip() for row in rows if not row.problem and row.cells[column.at]})
        candidates = [self._candidate(row) for row in rows]
        self._match([one for one in candidates if not one.problems])
        return candidates

    def _candidate(self, row: Any) -> Candidate:
        one = Candidate(row.line, row.cells)
        if row.problem:
            one.problems.append(("", str(row.problem)))
        else:
            for column in self.columns:
                self._put(one, column, row.cells[column.at])
        if one.problems:
            one.fate = "problem"
        return one

    def _put(self, one: Candidate, column: Column, raw: Any) -> None:
        cell = raw.strip() if type(raw) is str else str(raw)
        if not cell:
            return
        if "\x00" in cell:
            one.problems.append((column.header, _("This contains a character that cannot be stored.")))
            return
        try:
            value = column.find(cell) if column.find else column.parse(cell)  # type: ignore[misc]
        except ValidationError as error:
            one.problems.append((column.header, " ".join(error.messages)))
            return
        if value is not None:
            one.values[column.field.name] = value

    # --- which record a row means ---

    def _match(self, candidates: list[Candidate]) -> None:
        existing = self._existing(candidates)
        for one in candidates:
            self._settle(one, existing)
        self._find_namesakes([one for one in candidates if one.fate == "new"])

    def _existing(self, candidates: list[Candidate]) -> dict[tuple[str, str], Any]:
        """Records already there under the identifying values of these rows: one statement a field."""
        found: dict[tuple[str, str], Any] = {}
        for name in self.key_fields:
            wanted = {str(one.values[name]) for one in candidates if one.values.get(name)}
            if wanted:
                for record in self.record_type.model.objects.visible_to(self.user).filter(**{f"{name}__in": wanted}):
                    found.setdefault((name, str(getattr(record, name))), record)
        return found

    def _settle(self, one: Candidate, existing: dict[tuple[str, str], Any]) -> None:
        for name in self.key_fields:
            key = (name, str(one.values.get(name) or ""))
            if not key[1]:
                continue
            if key in self.met:
                one.fate, one.duplicate_of = "duplicate", _("line %(line)s of this file") % {"line": self.met[key]}
                return
            self.met[key] = one.line
            if one.record is None and key in existing:
                one.record = existing[key]
        if one.record is None and one.values.get(self.record_type.exchange.key):
            self._unknown_number(one)
        if one.record is not None:
            self._compare(one)
        elif not one.problems:
            self._check_new(one)

    def _unknown_number(self, one: Candidate) -> None:
        """A number nobody has: the record it came from is gone, or belongs to another archive. It gets one of ours."""
        one.values.pop(self.record_type.exchange.key)

    def _compare(self, one: Candidate) -> None:
        if not self.user.rights.covers(one.record, "edit"):
            one.problems.append(("", _("%(record)s is already there, and you may not change it.") % {"record": one.record}))
            one.fate = "problem"
            return
        rule = self.rules.get("match", "update")
        values = {name: value for name, value in one.values.items() if name != self.record_type.exchange.key}
        if rule == "empty":
            values = {name: value for name, value in values.items() if _is_empty(one.record, name)}
        if rule != "skip":
            one.record.put(values)
        if not one.record.changes():
            one.fate = "unchanged"
            return
        one.fate = "update"
        self._check(one, one.record, {name.partition(".")[0] for name in values})

    def _check_new(self, one: Candidate) -> None:
        record = self.record_type.model()
        record.put(one.values)
        if "owner" not in one.values:
            record.owner_id, record.team_id = self.rules.get("owner_id"), self.rules.get("team_id")
        missing = [f for f in self._needed if not one.values.get(f.name)]
        for needed in missing:
            one.problems.append(("", _("“%(field)s” is missing.") % {"field": needed.label}))
        if missing:
            one.fate = "problem"
            return
        self._check(one, record, set(one.values))
        one.record = record

    @property
    def _needed(self) -> list[RecordField]:
        if not hasattr(self, "_needed_fields"):
            fields = writable(self.record_type, self.user)
            settled = {"stage"}
            self._needed_fields = [one for name, one in fields.items() if one.required and name not in settled]
        return self._needed_fields

    def _check(self, one: Candidate, record: Any, _names: set[str]) -> None:
        """The record's own rules across its fields; each field was checked when its cell was read."""
        try:
            record.clean()
        except ValidationError as error:
            headers = {column.field.name: column.header for column in self.columns}
            for name, messages in error.message_dict.items():
                one.problems += [(headers.get(name, "") if name != NON_FIELD_ERRORS else "", message) for message in messages]
            one.fate = "problem"

    def _find_namesakes(self, candidates: list[Candidate]) -> None:
        """Possible duplicates: same name and same place as a record that is there or a row above. Never merged by that alone."""
        listing = self.record_type.listing
        names = [name for name in (*(listing.title or listing.columns[:1]), listing.title_else) if name]
        keys = {id(one): self._name_key(one.values, names) for one in candidates}
        telling = listing.columns[0]
        wanted = {str(one.values[telling]) for one in candidates if one.values.get(telling)}
        there = self._there(names, telling, wanted) if wanted else set()
        for one in candidates:
            key = keys[id(one)]
            if not any(key[: len(names)]):
                continue
            if key in self.named:
                one.fate, one.duplicate_of = "duplicate", _("line %(line)s of this file") % {"line": self.named[key]}
            elif key in there:
                one.fate, one.duplicate_of = "duplicate", _("a record with the same name and place")
            self.named.setdefault(key, one.line)

    def _name_key(self, values: dict[str, Any], names: list[str]) -> tuple[str, ...]:
        return (*(fold(str(values.get(name, ""))) for name in names), fold(str(values.get("city", ""))), fold(str(values.get("email", ""))))

    def _there(self, names: list[str], telling: str, wanted: set[str]) -> set[tuple[str, ...]]:
        """Name keys of records already there; looked up by the telling part of the name, the one lists are sorted by."""
        attributes = {f.name for f in self.record_type.model._meta.concrete_fields}
        also = [name for name in ("city", "email") if name in attributes]
        rows = self.record_type.model.objects.visible_to(self.user).filter(**{f"{telling}__in": wanted})
        found = set()
        for row in rows.values(*names, *also)[: 50 * len(wanted)]:
            found.add(self._name_key({**{"city": "", "email": ""}, **row}, names))
        return found


def _is_empty(record: Any, name: str) -> bool:
    base, _dot, key = name.partition(".")
    value = (record.custom or {}).get(key) if base == "custom" else getattr(record, record._meta.get_field(name).attname)
    return value in (None, "", [])
