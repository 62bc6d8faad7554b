"""What is written into the index; asking it (finding.py) is at hand here too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from typing import TypeVar

from django.db import connection, transaction

from fedele.search import vocabulary
from fedele.search.engines import engine
from fedele.search.finding import candidates, find
from fedele.search.models import Document
from fedele.search.places import first_place, last_place, place
from fedele.search.words import document

#: Record id, title, and whatever else it is to be found by: one fact a line.
Row = tuple[int, str, str]
CHUNK = 2000

__all__ = ["Row", "candidates", "find", "optimise", "put", "rebuild", "remove"]
Item = TypeVar("Item")


def put(record_type: str, rows: Iterable[Row]) -> None:
    """Makes records found by these rows and no longer by earlier ones.

    At most three statements for every 2,000 rows, one when nothing changed.
    """
    for some in _chunks(rows):
        wanted = {place(record_type, record_id): document(title, body) for record_id, title, body in some}
        with _together():
            _put(record_type, wanted)


def _put(record_type: str, wanted: dict[int, tuple[str, str, str]]) -> None:
    engine_ = engine()
    stored = engine_.stored(list(wanted))
    # In the same order by everyone, so that two who write the same records wait for each other one way round only.
    changed = {at: found for at, found in sorted(wanted.items()) if stored.get(at) != (found[0], found[2])}
    if not changed:
        return
    engine_.write([(at, record_type, *found) for at, found in changed.items()])
    before = [stored[at][1] for at in changed if at in stored]
    vocabulary.learn(before, [words for _, _, words in changed.values()])


def remove(record_type: str, ids: Iterable[int]) -> None:
    """Records no longer found. Their words are forgotten too, unless others have them."""
    for some in _chunks(ids):
        places = [place(record_type, record_id) for record_id in some]
        with _together():
            stored = engine().stored(places)
            if stored:
                engine().erase(list(stored))
                vocabulary.learn([words for _, words in stored.values()], [])


def rebuild(record_type: str, rows: Iterable[Row]) -> int:
    """Makes `rows` all there is of a record type. Returns how many."""
    kept: set[int] = set()

    def seen() -> Iterator[Row]:
        for row in rows:
            kept.add(row[0])
            yield row

    put(record_type, seen())
    first, last = first_place(record_type), last_place(record_type)
    places = Document.objects.filter(pk__range=(first, last)).values_list("pk", flat=True)
    remove(record_type, [at - first for at in places.iterator(chunk_size=10_000) if at - first not in kept])
    return len(kept)


def optimise() -> None:
    """After a rebuild, or when the index is damaged: the engine's indexes and the vocabulary made anew."""
    engine().optimise()
    vocabulary.recount()


def forget_removed() -> None:
    """Words of removed documents go from the engine's own files too, which keep them until it happens to tidy up."""
    vocabulary.settle()
    engine().forget_removed()


def _together() -> AbstractContextManager[object]:
    """A transaction, or the caller's own: a savepoint would only be two more statements."""
    return nullcontext() if connection.in_atomic_block else transaction.atomic()


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while some := list(islice(rest, CHUNK)):
        yield some
