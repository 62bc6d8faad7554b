"""Forms of a word in Italian and English: `trattativa` and `trattative` have one stem."""

from __future__ import annotations

from functools import cache, lru_cache
from threading import Lock
from typing import Any

# A stemmer keeps the word it is working on in itself.
_one_at_a_time = Lock()


@lru_cache(maxsize=20_000)
def stems(word: str) -> tuple[str, ...]:
    """The stems of a normalised word that differ from it; none for short words, where a stem says too little."""
    if not 4 <= len(word) <= 32 or not word.isalpha():
        return ()
    with _one_at_a_time:
        found = {stemmer.stemWord(word) for stemmer in _stemmers()}
    return tuple(sorted(stem for stem in found if len(stem) >= 3 and stem != word))


@cache
def _stemmers() -> tuple[Any, ...]:
    # The package loads its forty languages at once: not while the product starts.
    import snowballstemmer

    return snowballstemmer.stemmer("italian"), snowballstemmer.stemmer("english")
