"""From a question to hits: what begins with it, then its words, then other forms and parts of words, then spellings.

Every step reads a bounded number of documents, however many there are: docs/decisions/0005-search.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet

from fedele.search import reading, vocabulary
from fedele.search.asking import Question, ask
from fedele.search.places import ID_MASK
from fedele.search.reading import FORM, LITERAL, PART, Row, Unread
from fedele.search.scopes import Scope, Within, scopes

#: With fewer literal hits than this, other forms and parts of words are worth showing.
ENOUGH = 10


@dataclass(frozen=True)
class Hit:
    record_type: str
    record_id: int
    title: str
    score: float


@dataclass
class Found:
    """Rows gathered step by step; a record met twice keeps its better score."""

    limit: int
    rows: dict[int, Row] = field(default_factory=dict)

    def add(self, rows: Sequence[Row]) -> None:
        for row in rows:
            if row.place not in self.rows or self.rows[row.place].score < row.score:
                self.rows[row.place] = row

    def count(self, level: int) -> int:
        """How many are at least as good as `level`."""
        return sum(row.level >= level for row in self.rows.values())

    def is_full(self, scope: Scope) -> bool:
        """Whether there are `limit` literal hits of a type."""
        of_type = (row.level == LITERAL for row in self.rows.values() if row.place & ~ID_MASK == scope.first)
        return sum(of_type) >= self.limit

    def best(self) -> list[Row]:
        rows = list(self.rows.values())
        if self.count(LITERAL) >= ENOUGH:
            rows = [row for row in rows if row.level == LITERAL]
        return self._fair(sorted(rows, key=_best_first))

    def _fair(self, rows: list[Row]) -> list[Row]:
        """The best `limit` of `rows`, with room for each type: companies do not crowd out the people of that name."""
        types = {row.place & ~ID_MASK for row in rows}
        if len(rows) <= self.limit or len(types) < 2:
            return rows[: self.limit]
        share, taken = self.limit // len(types), Counter[int]()
        first: list[Row] = []
        rest: list[Row] = []
        for row in rows:
            taken[row.place & ~ID_MASK] += 1
            (first if taken[row.place & ~ID_MASK] <= share else rest).append(row)
        return sorted([*first, *rest[: self.limit - len(first)]], key=_best_first)


def _best_first(row: Row) -> tuple[int, int]:
    return -row.score, -row.place


def find(
    text: str, *, record_types: Sequence[str] | None = None, limit: int = 50, within: Within | None = None
) -> list[Hit]:
    """Records that answer `text`, best first, of all types or of `record_types`.

    `within` gives for each type a QuerySet of the records the asker may see (None: all); other types are not
    searched, and what is not visible takes no place among the hits. Without it the caller leaves out what may not
    be seen.
    """
    places = scopes(record_types, within)
    names = {scope.first: scope.record_type for scope in places}
    return [
        Hit(names[row.place & ~ID_MASK], row.place & ID_MASK, row.title, float(row.score))
        for row in _search(text, places, limit)
    ]


def candidates(
    text: str, record_type: str, limit: int = 1000, *, within: QuerySet[Any] | None = None, newest: bool = False
) -> list[int]:
    """Ids of the records of a type that answer `text`, best first: for `filter(pk__in=…)`.

    With `newest`, what is `within` is never listed, only asked about one by one: where a list of it would cost too much.
    """
    places = scopes([record_type], None if within is None else {record_type: within})
    if newest:
        places = [replace(scope, is_newest=True) for scope in places]
    return [row.place & ID_MASK for row in _search(text, places, limit)]


def _search(text: str, places: list[Scope], limit: int) -> list[Row]:
    question = ask(text)
    if question is None or not places or limit < 1:
        return []
    found = _gather(question, places, limit)
    if not found.rows and (corrected := _corrected(question)):
        found = _gather(corrected, places, limit)
    return found.best()


def _gather(question: Question, places: list[Scope], limit: int) -> Found:
    found = Found(limit)
    found.add(reading.starting(question, places, limit))
    if not (places := [scope for scope in places if not found.is_full(scope)]):
        return found
    rows, unread = reading.first_ones(question, places, limit)
    found.add(rows)
    if unread := [some for some in unread if not found.is_full(some.scope)]:
        found.add(reading.indexed(question, unread, limit, LITERAL))
        if found.count(LITERAL) < ENOUGH:
            _widen(found, question, unread)
    return found


def _widen(found: Found, question: Question, unread: list[Unread]) -> None:
    """Adds other forms of the words, and words they are a part of."""
    if any(unit.instead or unit.split for unit in question.units) and found.count(FORM) < found.limit:
        found.add(reading.indexed(question, unread, found.limit, FORM))
    if found.count(PART) < found.limit:
        vocabulary.settle()
        around = {unit.typed: vocabulary.around(unit.typed) for unit in question.units}
        if any(around.values()):
            found.add(reading.indexed(question.widened(around), unread, found.limit, PART))


def _corrected(question: Question) -> Question | None:
    vocabulary.settle()
    spellings = {unit.typed: vocabulary.spellings(unit.typed) for unit in question.units}
    return question.corrected(spellings) if any(spellings.values()) else None
