"""PostgreSQL: a GIN index over the words and, where pg_trgm may be installed, one over the vocabulary's trigrams."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper

from fedele.search.asking import Question
from fedele.search.matching import Sql, query, threes
from fedele.search.places import ID_BITS
from fedele.search.scopes import Scope

POSITION = "strpos"
NAME = 'name COLLATE "C"'
LISTS_ALL = True
BEGINNINGS = 0

# Each word is indexed with the type it belongs to, so that looking for it reads only that type's documents.
_LEXEMES = (
    "array_to_tsvector(string_to_array(btrim(replace(rtrim(replace(words, ' |', '')), ' ', "
    f"' ' || (id >> {ID_BITS})::text || ':')), ' '))"
)
INDEXES = {
    "search_words": f"ON search_document USING gin ({_LEXEMES}) WITH (gin_pending_list_limit = 512)",
    "search_starts": f"ON search_document (record_type, {NAME})",
}
TRIGRAM_INDEXES = {"search_spelling": "ON search_word USING gin (word gin_trgm_ops)"}
# The planner would read the whole table when it believes a word to be frequent, and be wrong by seconds where the
# documents with it lie far back. The function leaves it the index only.
FUNCTION = f"""CREATE OR REPLACE FUNCTION search_by_words(asked tsquery, most int) RETURNS SETOF bigint
    LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_indexscan = off SET jit = off AS $$
    BEGIN RETURN QUERY SELECT id FROM search_document WHERE {_LEXEMES} @@ asked LIMIT most; END $$"""
# Only one adds at a time, and nobody waits for the right to: who does not get it leaves the changes for later.
_ADD = """WITH mine AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(6203588) AS held), new(word, change) AS ({})
    INSERT INTO search_word AS known (word, documents)
    SELECT word, sum(change) FROM new WHERE (SELECT held FROM mine) GROUP BY word
    ON CONFLICT (word) DO UPDATE SET documents = known.documents + excluded.documents"""
_GIVEN = "SELECT * FROM unnest(%s::text[], %s::int[])"
_NOTED = "DELETE FROM search_word_change WHERE (SELECT held FROM mine) RETURNING word, change"
MANY = 200


def install() -> None:
    with connection.cursor() as cursor:
        _want_trigrams(cursor)
        wanted = {**INDEXES, **(TRIGRAM_INDEXES if has_trigrams() else {})}
        cursor.execute("SELECT indexrelid::regclass::text, obj_description(indexrelid) FROM pg_index")
        there = dict(cursor.fetchall())
        for name, definition in wanted.items():
            if there.get(name) != definition:
                cursor.execute(f"DROP INDEX IF EXISTS {name}")
                cursor.execute(f"CREATE INDEX {name} {definition}")
                cursor.execute(f"COMMENT ON INDEX {name} IS %s", [definition])
        cursor.execute(FUNCTION)


def _want_trigrams(cursor: CursorWrapper) -> None:
    """The extension comes with PostgreSQL, but a restricted server may not let us have it: checks.py says so."""
    try:
        with transaction.atomic():
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError:
        return


def has_trigrams() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm')")
        return bool(cursor.fetchone()[0])


def optimise() -> None:
    install()
    with connection.cursor() as cursor:
        cursor.execute("REINDEX TABLE search_document")
        cursor.execute("ANALYZE search_document")
        cursor.execute("ANALYZE search_word")


def forget_removed() -> None:
    """Removed rows go with the next vacuum, which the server does by itself."""


def stored(places: list[int]) -> dict[int, tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, title, words FROM search_document WHERE id = ANY(%s)", [places])
        return {place: (title, words) for place, title, words in cursor.fetchall()}


def write(rows: list[tuple[int, str, str, str, str]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_document (id, record_type, title, name, words) "
            "SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[]) "
            "ON CONFLICT (id) DO UPDATE SET title = excluded.title, name = excluded.name, words = excluded.words",
            [list(column) for column in zip(*rows, strict=True)],
        )


def erase(places: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_document WHERE id = ANY(%s)", [places])


def learn(changes: Mapping[str, int]) -> None:
    """Notes the changes and leaves the adding for later: two who save at once would wait for each other's "srl".

    Many changes are added at once, by whoever holds the one right to add.
    """
    with connection.cursor() as cursor:
        values: list[Any] = [list(changes), list(changes.values())]
        if len(changes) > MANY:
            cursor.execute(_ADD.format(_GIVEN), values)
            if cursor.rowcount:
                return
        cursor.execute(f"INSERT INTO search_word_change (word, change) {_GIVEN}", values)
    if random.random() < 0.02:  # noqa: S311 (no secret)
        transaction.on_commit(settle, robust=True)


def settle() -> None:
    """Adds the noted changes to the words, unless there are none or another is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM search_word_change LIMIT 1")
        if not cursor.fetchone():
            return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ADD.format(_NOTED))
        if cursor.rowcount:
            cursor.execute("DELETE FROM search_word WHERE documents <= 0")


def by_words(question: Question, scope: Scope, most: int, *, instead: bool) -> Sql:
    number = scope.first >> ID_BITS

    def term(word: str) -> str:
        return f"'{number}:{word.rstrip()}'" if word[-1] == " " else f"'{number}:{word}':*"

    asked = query(question, term, " & ", " | ", instead=instead)
    return f"SELECT id FROM search_by_words(%s::tsquery, {most}) AS id", [asked]


def beginning(start: str, most: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM search_word WHERE word LIKE %s LIMIT %s", [f"{start}%", most + 1])
        found = [word for (word,) in cursor.fetchall()]
    return found if len(found) <= most else []


def containing(part: str, most: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM (SELECT word, documents FROM search_word WHERE word LIKE %s LIMIT 2000) known "
            f"ORDER BY documents DESC LIMIT {most}",
            [_inside(part)],
        )
        return [word for (word,) in cursor.fetchall()]


def alike(word: str, most: int) -> list[tuple[str, int]]:
    wanted = [f"{word[:2]}%", *map(_inside, threes(word)), f"%{word[-2:]}"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, documents FROM search_word WHERE word LIKE ANY(%s) AND length(word) BETWEEN %s AND %s "
            f"ORDER BY (SELECT count(*) FROM unnest(%s::text[]) three WHERE word LIKE three) DESC LIMIT {most}",
            [wanted, len(word) - 2, len(word) + 2, wanted],
        )
        return cursor.fetchall()


def _inside(part: str) -> str:
    return "%" + part.replace("_", "\\_") + "%"
