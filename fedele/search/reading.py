"""The steps of a search, each one SQL statement over all record types asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection

from fedele.search import matching
from fedele.search.asking import Question
from fedele.search.engines import engine
from fedele.search.places import ID_MASK
from fedele.search.scopes import Scope

LITERAL, FORM, PART = 3, 2, 1
#: Documents read outright of each type, and of all types together.
READ, READ_IN_ALL = 1000, 2000
#: Hits of an index that are ranked, and those looked at for that when some may turn out to be invisible.
RANKED, LOOKED_AT = 500, 2000

# Whole numbers: the level first, then the points of the title, then short titles before long ones.
_SCORE = "level * 100000 + points * 1000 - CASE WHEN length(name) > 900 THEN 900 ELSE length(name) END"
_COLUMNS = f"id, title, level, {_SCORE} AS score"


#: A word is frequent or common when more than this part of the documents read have it. An index that lists all
#: documents with a word is not asked for a frequent one, and for a common beginning by the words that begin so.
FREQUENT, COMMON = 0.1, 0.004
MOST_BEGINNING = 50


class Row(NamedTuple):
    place: int
    title: str
    level: int
    score: int


def starting(question: Question, places: Sequence[Scope], limit: int) -> list[Row]:
    """Titles that begin with the whole question, the one that equals it first: read in order from an index."""
    points, values = matching.points(question, engine().POSITION)
    name = engine().NAME
    parts = []
    for scope in places:
        allowed, params = scope.allows("d.id")
        sql = (
            f"SELECT {_COLUMNS} FROM (SELECT d.id, title, name, {LITERAL} AS level, {points} AS points FROM "
            f"(SELECT id, title, name FROM search_document WHERE record_type = %s AND {name} >= %s "
            f"AND {name} < %s ORDER BY {name} LIMIT {_most(scope, limit)}) d "
            f"WHERE {allowed} LIMIT {limit}) e"
        )
        parts.append((sql, [*values, scope.record_type, question.text, question.text + chr(0x10FFFF), *params]))
    return _rows(parts)


class Unread(NamedTuple):
    """A type of which there are more documents than were read."""

    scope: Scope
    #: Numbers of the units of the question that are frequent there, and of those that are common.
    frequent: frozenset[int]
    common: frozenset[int]


def first_ones(question: Question, places: Sequence[Scope], limit: int) -> tuple[list[Row], list[Unread]]:
    """Reads the newest documents of each type (or some visible ones): where a word is frequent, that is enough."""
    most = max(1, min(READ, READ_IN_ALL // len(places)))
    position = engine().POSITION
    literal, form, part = (
        condition(question, position) for condition in (matching.literally, matching.in_some_form, matching.somewhere)
    )
    points, values = matching.points(question, position)
    counts = matching.counts(question, position)
    level = f"CASE WHEN {literal[0]} THEN {LITERAL} WHEN {form[0]} THEN {FORM} ELSE {PART} END"
    parts: list[tuple[str, list[Any]]] = []
    for scope in places:
        some, params = scope.some(most)
        sql = (
            f"WITH chosen AS MATERIALIZED ({some}) "
            f"SELECT * FROM (SELECT {_COLUMNS} FROM "
            f"(SELECT id, title, name, {level} AS level, {points} AS points FROM chosen "
            f"WHERE {part[0]} OR {form[0]}) d ORDER BY score DESC, id DESC LIMIT {limit}) e "
            f"UNION ALL SELECT {scope.first}, {counts[0]}, 0, count(*) FROM chosen"
        )
        parts.append((sql, [*params, *literal[1], *form[1], *values, *part[1], *form[1], *counts[1]]))
    rows = _rows(parts)
    read = {row.place: row for row in rows if not row.place & ID_MASK}
    unread = [Unread(s, *_often(read[s.first])) for s in places if read[s.first].score >= most]
    return [row for row in rows if row.place & ID_MASK], unread


def _often(read: Row) -> tuple[frozenset[int], frozenset[int]]:
    """Of the units counted in the row's title the frequent, one left out if they are all so, and the common."""
    counts = [int(count) for count in read.title.split()]
    frequent = {at for at, count in enumerate(counts) if count > read.score * FREQUENT}
    if len(frequent) == len(counts):
        frequent.remove(counts.index(min(counts)))
    return frozenset(frequent), frozenset(at for at, count in enumerate(counts) if count > read.score * COMMON)


def indexed(question: Question, places: Sequence[Unread], limit: int, level: int) -> list[Row]:
    """The best of those the engine's index gives; at a level below LITERAL with the units' other words."""
    points, values = matching.points(question, engine().POSITION)
    parts: list[tuple[str, list[Any]]] = []
    for place in places:
        seen, params = _seen(question, place, limit, level)
        sql = (
            f"SELECT {_COLUMNS} FROM (SELECT d.id, title, name, {level} AS level, {points} AS points "
            f"FROM ({seen}) h JOIN search_document d ON d.id = h.id) e ORDER BY score DESC, id DESC LIMIT {limit}"
        )
        parts.append((sql, [*values, *params]))
    return _rows(parts)


def _seen(question: Question, place: Unread, limit: int, level: int) -> tuple[str, list[Any]]:
    """SELECT of the places to be ranked."""
    allowed, params = place.scope.allows("hit.id")
    ranked = f"LIMIT {max(limit, RANKED)}"
    instead = level < LITERAL
    apart = place.frequent if engine().LISTS_ALL else frozenset()
    narrow = question.without(apart).spelt_out(_beginning(question.only(place.common)))
    if not apart:
        hits, asked = engine().by_words(narrow, place.scope, _most(place.scope, limit), instead=instead)
        return f"SELECT hit.id FROM ({hits}) hit WHERE {allowed} {ranked}", [*asked, *params]
    # The frequent words are looked for in the documents that the others are found in.
    hits, asked = engine().by_words(narrow, place.scope, max(READ, 3 * limit), instead=instead)
    there = matching.in_some_form if instead else matching.literally
    again, sought = there(question.only(apart), engine().POSITION)
    sql = (
        f"SELECT hit.id FROM ({hits}) hit JOIN search_document ON search_document.id = hit.id "
        f"WHERE {again} AND {allowed} {ranked}"
    )
    return sql, [*asked, *sought, *params]


def _beginning(question: Question) -> dict[str, list[str]]:
    """The known words that begin as the units do, where those are quicker to ask."""
    long = [unit.typed for unit in question.units if unit.typed.isalpha() and len(unit.typed) > engine().BEGINNINGS]
    return {typed: engine().beginning(typed, MOST_BEGINNING) for typed in long}


def _most(scope: Scope, limit: int) -> int:
    return max(limit, RANKED if scope.visible is None else LOOKED_AT)


def _rows(parts: list[tuple[str, list[Any]]]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"SELECT * FROM ({sql}) u" for sql, _ in parts),
            [value for _, values in parts for value in values],
        )
        return list(map(Row._make, cursor.fetchall()))
