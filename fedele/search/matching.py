"""A question as each engine wants it: a condition on the words kept, an FTS5 query, a tsquery, trigrams."""

from __future__ import annotations

from collections.abc import Callable

from fedele.search.asking import Question, Together, Unit

Sql = tuple[str, list[str]]

#: The same function under two names: where a text occurs in another, 0 when it does not.
POSITION = {"sqlite": "instr", "postgresql": "strpos"}


def literally(question: Question, position: str) -> Sql:
    """Each word is the beginning of a word of the record."""
    return _all([_any([_words(ways, position) for ways in unit.literal]) for unit in question.units])


def in_some_form(question: Question, position: str) -> Sql:
    """Each word is there literally, in another form, or as the pieces it is made of."""
    return _all([_any(_formed(unit, position)) for unit in question.units])


def somewhere(question: Question, position: str) -> Sql:
    """Each word is anywhere, inside words too."""
    return _all([(f"{position}(words, %s) > 0", [unit.typed]) for unit in question.units])


def _formed(unit: Unit, position: str) -> list[Sql]:
    found = [_words(ways, position) for ways in unit.literal]
    found += [(f"{position}(words, %s) > 0", [f" {stem} "]) for stem in unit.instead]
    return [*found, _words(unit.split, position)] if unit.split else found


def _words(ways: Together, position: str) -> Sql:
    return _all([(f"{position}(words, %s) > 0", [f" {word}"]) for word in ways])


def _all(conditions: list[Sql]) -> Sql:
    return _joined(" AND ", conditions)


def _any(conditions: list[Sql]) -> Sql:
    return _joined(" OR ", conditions)


def _joined(by: str, conditions: list[Sql]) -> Sql:
    return f"({by.join(sql for sql, _ in conditions)})", [value for _, values in conditions for value in values]


def points(question: Question, position: str) -> Sql:
    """How well the title answers: whole words 3, beginnings 2, elsewhere 0; more when it begins with the question."""
    terms, values = [], []
    for unit in question.units:
        typed = unit.typed
        terms.append(
            f"CASE WHEN {position}(' ' || name || ' ', %s) > 0 THEN 3"
            f" WHEN {position}(' ' || name, %s) > 0 THEN 2 ELSE 0 END"
        )
        values += [f" {typed} ", f" {typed}"]
    count = len(terms)
    sql = (
        f"(({' + '.join(terms)}) * 10 / {count}"
        f" + CASE WHEN name = %s THEN 20 WHEN {position}(name, %s) = 1 THEN 10 ELSE 0 END)"
    )
    return sql, [*values, question.text, question.text]


def counts(question: Question, position: str) -> Sql:
    """A text with the number of rows each unit is in, between blanks."""
    found = [_any([_words(ways, position) for ways in unit.literal]) for unit in question.units]
    each = [f"coalesce(sum(CASE WHEN {sql} THEN 1 ELSE 0 END), 0)" for sql, _ in found]
    return " || ' ' || ".join([*each, "''"]), [value for _, values in found for value in values]


def query(question: Question, term: Callable[[str], str], both: str, either: str, *, instead: bool) -> str:
    """The question in an index's own language, where `term` says a word and `both` and `either` stand between two."""
    units = []
    for unit in question.units:
        ways = [both.join(map(term, together)) for together in unit.literal]
        if instead:
            ways += [term(f"{word} ") for word in unit.instead]
            ways += [both.join(map(term, unit.split))] if unit.split else []
        units.append(either.join(f"({way})" for way in ways))
    return both.join(f"({unit})" for unit in units)


def threes(text: str) -> list[str]:
    """Every three letters in a row."""
    return sorted({text[i : i + 3] for i in range(len(text) - 2)})
