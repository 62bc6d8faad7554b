"""Texts too long for a record's own place in the index: kept in rows that point at it, each found by itself.

`passages("document", "passage", Passage, of="document")` makes a record found by its passages too: in its list, in the palette,
through the API. A passage is seen by who sees the record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from fedele.records.registry import registry
from fedele.search.finding import candidates
from fedele.search.words import fold, pieces

#: Characters shown around the words that were found.
AROUND = 70


@dataclass(frozen=True)
class Passages:
    key: str
    model: Any
    #: The foreign key to the record, and the field with the text.
    of: str
    text: str = "text"

    def visible_to(self, user: Any, record_type: str) -> QuerySet[Any]:
        seen = registry.by_key(record_type).model.objects.visible_to(user)
        return self.model.objects.filter(**{f"{self.of}__in": seen.order_by().values("pk")})


_known: dict[str, Passages] = {}


def passages(record_type: str, key: str, model: Any, *, of: str) -> None:
    _known[record_type] = Passages(key, model, of)


def types_with_passages() -> Iterator[str]:
    return iter(_known)


def passages_to_index() -> Iterator[tuple[str, Iterator[tuple[int, str, str]]]]:
    """(key, rows) of all passages of living records, to index them anew."""
    for known in _known.values():
        living = known.model.objects.filter(**{f"{known.of}__trashed_at": None}).order_by("pk")
        rows = living.values_list("pk", known.text).iterator(chunk_size=500)
        yield known.key, ((pk, "", text) for pk, text in rows)


def found_in(record_type: str, user: Any, text: str, limit: int) -> dict[int, str]:
    """{record: the words around what was found}, best first; {} for a type without passages."""
    return said_at(record_type, text, places_in(record_type, user, text, limit))


def places_in(record_type: str, user: Any, text: str, limit: int) -> dict[int, int]:
    """{record: its passage that answers best}, the best first."""
    known = _known.get(record_type)
    if known is None or not text:
        return {}
    visible = known.visible_to(user, record_type).order_by().values("pk")
    ids = candidates(text, known.key, limit=limit, within=visible)
    records = dict(known.model.objects.filter(pk__in=ids).values_list("pk", f"{known.of}_id"))
    found: dict[int, int] = {}
    for pk in ids:
        if pk in records:
            found.setdefault(records[pk], pk)
    return found


def said_at(record_type: str, text: str, places: dict[int, int]) -> dict[int, str]:
    """The words around what was found, of some of these places: as many as are shown."""
    if not places:
        return {}
    known = _known[record_type]
    texts = dict(known.model.objects.filter(pk__in=places.values()).values_list("pk", known.text))
    return {record: around(texts.get(pk, ""), text) for record, pk in places.items()}


def around(text: str, asked: str, before: int = AROUND) -> str:
    """The piece of `text` in which one of the words asked for stands, and so many characters `before` it."""
    words = text.split(" ")
    at = _place(words, asked) or 0
    earlier, rest = " ".join(words[:at]), " ".join(words[at:])
    head, tail = earlier[-before:], rest[: 2 * AROUND]
    if len(earlier) > before:
        head = f"…{head.partition(' ')[2]}"
    return f"{head} {tail}".strip() + ("…" if len(rest) > len(tail) else "")


def says(text: str, asked: str) -> bool:
    """Whether one of the words asked for stands in `text`, in some form."""
    return _place(text.split(" "), asked) is not None


def _place(words: list[str], asked: str) -> int | None:
    """The number of the first of `words` that is one of those asked for, or begins as one does."""
    wanted = [word for word in pieces(fold(asked)) if len(word) > 1]
    folded = [fold(word) for word in words]
    at = next((n for n, word in enumerate(folded) for one in wanted if one in word), None)
    if at is None:
        stems = [one[: max(3, len(one) - 2)] for one in wanted]
        at = next((n for n, word in enumerate(folded) for one in stems if one in word), None)
    return at
