"""The words in use, and what a word nobody uses may have meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import transaction

from fedele.search.engines import engine
from fedele.search.models import Document, Word, WordChange
from fedele.search.words import ordinary

#: From this length on two slips are forgiven, below it one.
LONG = 6
MOST_ALIKE = 300
MOST_SPELLINGS = 4
MOST_AROUND = 40


def learn(before: Iterable[str], after: Iterable[str]) -> None:
    """Counts the words of documents that were `before` and are `after`."""
    changes = Counter(word for words in after for word in ordinary(words))
    changes.subtract(word for words in before for word in ordinary(words))
    changes = Counter({word: change for word, change in changes.items() if change})
    if changes:
        engine().learn(changes)


def settle() -> None:
    """Before asking: adds the counts not yet added, so that what was saved a moment ago is known."""
    engine().settle()


def spellings(word: str) -> list[str]:
    """The known words nearest to `word`, at most one slip away (two from six letters on), most frequent first."""
    if len(word) < 3 or not word.isalpha():
        return []
    # Not while the product starts: most processes never meet a misspelt word.
    from rapidfuzz.distance import DamerauLevenshtein

    slips = 2 if len(word) >= LONG else 1
    near = []
    for known, documents in engine().alike(word, MOST_ALIKE):
        distance = DamerauLevenshtein.distance(word, known, score_cutoff=slips)
        if distance <= slips and documents > 0:
            near.append((distance, -documents, known))
    nearest = min(near)[0] if near else 0
    return [known for distance, _, known in sorted(near)[:MOST_SPELLINGS] if distance == nearest]


def around(part: str) -> list[str]:
    """Known words in which `part` occurs, the most frequent first."""
    return engine().containing(part, MOST_AROUND) if len(part) >= 3 else []


def recount() -> None:
    """Counts all words anew from the documents: some ten seconds a million."""
    counted: Counter[str] = Counter()
    for words in Document.objects.values_list("words", flat=True).iterator(chunk_size=5000):
        counted.update(ordinary(words))
    with transaction.atomic():
        WordChange.objects.all().delete()
        Word.objects.all().delete()
        Word.objects.bulk_create(
            (Word(word=word, documents=documents) for word, documents in counted.items()), batch_size=2000
        )
