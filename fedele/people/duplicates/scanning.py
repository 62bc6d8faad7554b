"""All pairs of the archive that may be one, found in one pass over the keys with memory that does not grow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from fedele.people.duplicates import table
from fedele.people.duplicates.engine import Identity, Match, Rarity
from fedele.people.duplicates.engine.profile import Profile
from fedele.people.duplicates.finding import Ref, alike
from fedele.people.duplicates.index import NUMBERS
from fedele.people.duplicates.reading import MODELS, everything

_CHUNK = 5_000
#: Records in which is counted how frequent names are.
_SAMPLE = 100_000


class Pair(NamedTuple):
    a: Ref
    b: Ref
    match: Match


def scan(progress: Callable[[int, int], None] | None = None) -> Iterator[list[Pair]]:
    """Pairs of verdict SAME or ASK, each once, in chunks; `progress` hears records done and how many there are."""
    total = sum(MODELS[key].objects.filter(trashed_at=None).count() for key in NUMBERS)
    rarity, crowded = counted(total), table.crowded()
    done = 0
    for key in NUMBERS:
        for chunk in _chunks(everything(key)):
            yield _pairs(chunk, rarity, crowded)
            done += len(chunk)
            if progress:
                progress(done, total)


def _chunks(identities: Iterator[Identity]) -> Iterator[list[Identity]]:
    while chunk := list(islice(identities, _CHUNK)):
        yield chunk


def counted(total: int) -> Rarity:
    """How frequent names are in this archive, from evenly chosen records of every type."""
    return Rarity.of(_sample(total), total)


def _sample(total: int) -> Iterator[Profile]:
    every = max(1, total // _SAMPLE)
    return (Profile(identity) for key in NUMBERS for identity in everything(key, every=every))


def _pairs(identities: list[Identity], rarity: Rarity, crowded: set[int]) -> list[Pair]:
    found = alike(identities, limit=20, rarity=rarity, crowded=crowded, only_later=True)
    return [
        Pair(identity.ref, (other.record_type, other.record_id), other.match)
        for identity, others in zip(identities, found, strict=True)
        for other in others
    ]
