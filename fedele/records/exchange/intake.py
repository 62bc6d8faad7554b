"""Reads the rows of an import as people put them right, and does with them what people decided."""

from __future__ import annotations

import re
from typing import Any

from fedele.records.exchange.bringing import told
from fedele.records.exchange.candidates import Candidate
from fedele.records.exchange.decided import Decision, Mender
from fedele.records.exchange.following import Follower
from fedele.records.exchange.marks import digest_of
from fedele.records.exchange.models import Import
from fedele.records.exchange.rows import Reader
from fedele.records.registry import registry

#: What differs from row to row in messages of one kind: what stands in quotes, and numbers.
_VARIES = re.compile(r"“[^”]*”|\d+")


def reader_of(source: Import, table: Any) -> Reader:
    return Reader(
        registry.by_key(source.record_type),
        table,
        source.mapping,
        source.rules,
        source.user,
        constants=source.constants,
        provenance=source.provenance,
        batch_id=source.batch_id,
    )


def kind_of(column: str, message: str) -> str:
    """What problems have in common that are mended, or given up, together."""
    return f"{column}|{_VARIES.sub('…', message)}"


class Intake:
    """With `applies_rules` rows that are like others become what the rules say; else they are shown as they are."""

    def __init__(self, source: Import, table: Any, *, applies_rules: bool = False) -> None:
        self.source, self.reader = source, reader_of(source, table)
        self._mend = Mender(source, table.headers)
        self._follow = Follower(source, self.reader, applies_rules=applies_rules or bool(source.batch_id))
        self._given_up = set(source.rules.get("left_out", ()))
        self._is_decided = bool(source.pk) and Decision.objects.filter(source=source).exists()
        matcher = self.reader.matcher
        matcher.source_id, matcher.digest = source.pk, self.digest

    def read(self, rows: list[Any]) -> list[Candidate]:
        rows = self._mend(rows)
        decided = self._decisions(rows)
        self.reader.matcher.decided = decided
        candidates = self.reader.read(rows)
        self._follow(candidates, decided)
        for one in candidates:
            if self._is_given_up(one, decided):
                one.fate = "left_out"
        return candidates

    def digest(self, one: Candidate) -> int:
        """By which the row is known again in another file."""
        if one.digest is None:
            cells = [(column.name, one.cells[column.at]) for column in self.reader.columns if column.at >= 0]
            one.digest = digest_of(self.source.record_type, cells)
        return one.digest

    def _decisions(self, rows: list[Any]) -> dict[int, Decision]:
        if not (self._is_decided and rows):
            return {}
        low, high = min(row.line for row in rows), max(row.line for row in rows)
        found = Decision.objects.filter(source_id=self.source.pk, line__gte=low, line__lte=high)
        return {decision.line: decision for decision in found}

    def _is_given_up(self, one: Candidate, decided: dict[int, Decision]) -> bool:
        if one.line in decided and decided[one.line].act == "skip":
            return True
        if one.fate != "problem" or not self._given_up:
            return False
        return any(kind_of(column, message) in self._given_up for column, message in told(one, self.reader))
