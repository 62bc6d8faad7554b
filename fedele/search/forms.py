"""Forms of a word in Italian and English: `trattativa` and `trattative` have one stem."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

import snowballstemmer

_italian = snowballstemmer.stemmer("italian")
_english = snowballstemmer.stemmer("english")
# A stemmer keeps the word it is working on in itself.
_one_at_a_time = Lock()


@lru_cache(maxsize=50_000)
def stems(word: str) -> tuple[str, ...]:
    """The stems of a normalised word that differ from it; none for short words, where a stem says too little."""
    if not 4 <= len(word) <= 32 or not word.isalpha():
        return ()
    with _one_at_a_time:
        found = {_italian.stemWord(word), _english.stemWord(word)}
    return tuple(sorted(stem for stem in found if len(stem) >= 3 and stem != word))
