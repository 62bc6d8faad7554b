"""SQLite: an FTS5 table over the documents and one over the vocabulary, both kept by triggers."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection
from django.db.backends.utils import CursorWrapper

from fedele.search.asking import Question
from fedele.search.matching import Sql, query, threes
from fedele.search.scopes import Scope

POSITION = "instr"
#: The normalised title as it stands in order in its index.
NAME = "name"
#: Whether the index makes a list of all documents with a word before it gives the first.
LISTS_ALL = False
#: Beginnings of up to so many letters have an index of their own and are as quick as whole words.
BEGINNINGS = 5

# detail=none keeps only which document has a word: a third of the size, and phrases are not asked for.
TABLES = {
    "search_words": (
        "CREATE VIRTUAL TABLE search_words USING fts5(words, content='search_document', content_rowid='id', "
        "tokenize=\"ascii tokenchars '.-_@/'\", prefix='1 2 3 4 5', detail=none, columnsize=0)"
    ),
    "search_spelling": (
        "CREATE VIRTUAL TABLE search_spelling USING fts5(word, content='', "
        "tokenize='trigram', detail=none, columnsize=0)"
    ),
}
# Segments are merged sixteen at a time, not four: saving one record is quicker and reading hardly slower.
SETTINGS = {"automerge": 16, "crisismerge": 32}
_ADD = "INSERT INTO search_words(rowid, words) VALUES (new.id, new.words);"
_DROP = "INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', old.id, old.words);"
_SPELL = "INSERT INTO search_spelling(rowid, word) VALUES (new.id, ' ' || new.word || ' ');"
_UNSPELL = (
    "INSERT INTO search_spelling(search_spelling, rowid, word) VALUES ('delete', old.id, ' ' || old.word || ' ');"
)
TRIGGERS = {
    "search_added": f"AFTER INSERT ON search_document BEGIN {_ADD} END",
    "search_dropped": f"AFTER DELETE ON search_document BEGIN {_DROP} END",
    "search_changed": (
        f"AFTER UPDATE OF words ON search_document WHEN old.words <> new.words BEGIN {_DROP} {_ADD} END"
    ),
    "search_word_added": f"AFTER INSERT ON search_word BEGIN {_SPELL} END",
    "search_word_dropped": f"AFTER DELETE ON search_word BEGIN {_UNSPELL} END",
    "search_word_gone": (
        "AFTER UPDATE OF documents ON search_word WHEN new.documents <= 0 "
        "BEGIN DELETE FROM search_word WHERE id = new.id; END"
    ),
}
STARTS = "search_starts"


def install() -> None:
    """Makes what Django's models cannot say. Again and again without harm; a changed table is made anew and filled."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE name LIKE 'search\\_%%' ESCAPE '\\'", [])
        there = dict(cursor.fetchall())
        for name, sql in TABLES.items():
            if there.get(name) != sql:
                cursor.execute(f"DROP TABLE IF EXISTS {name}")
                cursor.execute(sql)
                for setting, value in SETTINGS.items():
                    cursor.execute(f"INSERT INTO {name}({name}, rank) VALUES (%s, %s)", [setting, value])
                _fill(cursor, name)
        for name, body in TRIGGERS.items():
            sql = f"CREATE TRIGGER {name} {body}"
            if there.get(name) != sql:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(sql)
        cursor.execute(f"CREATE INDEX IF NOT EXISTS {STARTS} ON search_document (record_type, name)")


def _fill(cursor: CursorWrapper, name: str) -> None:
    if name == "search_spelling":
        cursor.execute("INSERT INTO search_spelling(rowid, word) SELECT id, ' ' || word || ' ' FROM search_word")
    else:
        cursor.execute(f"INSERT INTO {name}({name}) VALUES ('rebuild')")


def optimise() -> None:
    """Builds the indexes anew from the documents and tells the planner how much there is."""
    with connection.cursor() as cursor:
        for name in TABLES:
            cursor.execute(f"DROP TABLE IF EXISTS {name}")
    install()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_document")


def forget_removed() -> None:
    with connection.cursor() as cursor:
        for name in TABLES:
            cursor.execute(f"INSERT INTO {name}({name}) VALUES ('optimize')")


def has_trigrams() -> bool:
    return True


def stored(places: list[int]) -> dict[int, tuple[str, str]]:
    """{place: (title, words)} of those of `places` that are in the index."""
    marks = ",".join(["%s"] * len(places))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, title, words FROM search_document WHERE id IN ({marks})", places)
        return {place: (title, words) for place, title, words in cursor.fetchall()}


def write(rows: list[tuple[int, str, str, str, str]]) -> None:
    """Stores (place, record type, title, name, words), in the stead of what was there."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_document (id, record_type, title, name, words) VALUES (%s, %s, %s, %s, %s) "
            "ON CONFLICT (id) DO UPDATE SET title = excluded.title, name = excluded.name, words = excluded.words",
            rows,
        )


def erase(places: list[int]) -> None:
    marks = ",".join(["%s"] * len(places))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM search_document WHERE id IN ({marks})", places)


def learn(changes: Mapping[str, int]) -> None:
    """Adds to the number of documents each word is in. Words in none are forgotten."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_word (word, documents) VALUES (%s, %s) "
            "ON CONFLICT (word) DO UPDATE SET documents = documents + excluded.documents",
            sorted(changes.items()),
        )


def settle() -> None:
    """Counts are added at once here: there is one writer, who waits for nobody."""


def by_words(question: Question, scope: Scope, most: int, *, instead: bool) -> Sql:
    """SELECT of at most `most` places in `scope` whose words answer the question, newest first.

    With `instead` also those that have the units' other words or pieces.
    """
    asked = query(question, _term, " AND ", " OR ", instead=instead)
    sql = (
        "SELECT rowid AS id FROM search_words WHERE search_words MATCH %s "
        f"AND rowid BETWEEN {scope.first} AND {scope.last} ORDER BY rowid DESC LIMIT {most}"
    )
    return sql, [asked]


def _term(word: str) -> str:
    return f'"{word.rstrip()}"' if word[-1] == " " else f'"{word}" *'


def beginning(start: str, most: int) -> list[str]:
    """Known words that begin with `start`; none when there are more than `most`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM search_word WHERE word >= %s AND word < %s LIMIT %s",
            [start, f"{start}\U0010ffff", most + 1],
        )
        found = [word for (word,) in cursor.fetchall()]
    return found if len(found) <= most else []


def containing(part: str, most: int) -> list[str]:
    """Known words in which `part`, at least three letters, occurs: the most frequent of the first 2,000."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM search_word WHERE id IN "
            "(SELECT rowid FROM search_spelling WHERE search_spelling MATCH %s LIMIT 2000) "
            f"AND instr(word, %s) > 0 ORDER BY documents DESC LIMIT {most}",
            [" AND ".join(f'"{three}"' for three in threes(part)), part],
        )
        return [word for (word,) in cursor.fetchall()]


def alike(word: str, most: int) -> list[tuple[str, int]]:
    """Known words that share the most threes of letters with `word`, and how many documents have them."""
    wanted = threes(f" {word} ")
    lists = " UNION ALL ".join("SELECT rowid FROM search_spelling WHERE search_spelling MATCH %s" for _ in wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT word, documents FROM search_word WHERE id IN (SELECT rowid FROM ({lists}) "
            f"GROUP BY rowid ORDER BY count(*) DESC LIMIT {most})",
            [f'"{three}"' for three in wanted],
        )
        return cursor.fetchall()
