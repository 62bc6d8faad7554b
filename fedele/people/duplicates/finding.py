"""Which stored records somebody perhaps is: for a form being typed in, an import, a conversion."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from fedele.base.memory import uncollected
from fedele.people.duplicates import reading, table
from fedele.people.duplicates.engine import NO, USUAL, Identity, Match, Profile, Rarity, compare, judge, profile_of
from fedele.people.duplicates.engine.keys import telling_keys_of
from fedele.people.duplicates.index import NUMBERS
from fedele.records.likeness import Span

#: A record: ("lead", 12).
Ref = tuple[str, int]

_TYPES = {number: key for key, number in NUMBERS.items()}
_BATCH = 5_000
#: Of those who share a key with one, so many with the most keys in common are compared.
_MOST = 20
#: A key that so few share is worth a look even if it is a weak one.
_FEW = 2


class Found(NamedTuple):
    record_type: str
    record_id: int
    match: Match


def alike(
    identities: Sequence[Identity | Profile],
    *,
    exclude: Collection[Ref] = (),
    apart_from: Sequence[Span] = (),
    limit: int = 5,
    rarity: Rarity = USUAL,
    crowded: Collection[int] | None = None,
    only_later: bool = False,
) -> list[list[Found]]:
    """For each identity the stored records it may be, the likest first: at most `limit`, those of verdict NO left out.

    An identity whose `ref` is the Ref of a stored record is not found itself, nor is what `exclude` names; what
    `apart_from` names is as if it were not there. Everybody's records are looked at: who shows them asks first what the
    reader may see. `crowded` is `table.crowded()`, for who
    asks many times; with `only_later` each pair of stored records is told once, of the one that is first in `in_order`.
    """
    if crowded is None and len(identities) > _BATCH:
        crowded = table.crowded()
    apart = [(NUMBERS[key], first, last) for key, first, last in apart_from if key in NUMBERS]
    found: list[list[Found]] = []
    with uncollected():
        for start in range(0, len(identities), _BATCH):
            profiles = [profile_of(one) for one in identities[start : start + _BATCH]]
            candidates = _candidates(profiles, frozenset(exclude), crowded, only_later, apart)
            found += _compared(profiles, candidates, limit, rarity)
    return found


def in_order(ref: Ref) -> tuple[int, int]:
    return NUMBERS[ref[0]], ref[1]


def _compared(profiles: list[Profile], candidates: list[list[Ref]], limit: int, rarity: Rarity) -> list[list[Found]]:
    stored = _stored({ref for refs in candidates for ref in refs})
    return [_likest(one, refs, stored, limit, rarity) for one, refs in zip(profiles, candidates, strict=True)]


def _candidates(
    profiles: list[Profile],
    exclude: frozenset[Ref],
    crowded: Collection[int] | None,
    only_later: bool,
    apart: list[table.Row],
) -> list[list[Ref]]:
    keys = [telling_keys_of(profile) for profile in profiles]
    under: dict[int, list[tuple[int, int]]] = defaultdict(list)
    wanted = set().union(*(some for both in keys for some in both))
    for key, number, pk in table.find(wanted, crowded, apart):
        under[key].append((number, pk))
    found = []
    for profile, (one, two) in zip(profiles, keys, strict=True):
        few = [under[key] for key in (*one, *two) if key in under and (key in one or len(under[key]) <= _FEW)]
        many = [under[key] for key in two if len(under.get(key, ())) > _FEW]
        refs = _worth_comparing(few, many)
        after = in_order(profile.identity.ref) if only_later else (0, 0)
        named = [(_TYPES[number], pk) for number, pk in refs if (number, pk) > after]
        found.append([ref for ref in named if ref != profile.identity.ref and ref not in exclude])
    return found


def _worth_comparing(few: list[list[tuple[int, int]]], many: list[list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """Who shares a telling or rare key, or two others; of many those with the most keys in common."""
    often = Counter(chain.from_iterable(few))
    enough = set(often)
    often.update(chain.from_iterable(many))
    if len(often) == len(enough) <= _MOST:
        return list(often)
    return [ref for ref, times in often.most_common(_MOST) if times > 1 or ref in enough]


def _stored(refs: Iterable[Ref]) -> dict[Ref, Profile]:
    ids: dict[str, list[int]] = defaultdict(list)
    for record_type, record_id in refs:
        ids[record_type].append(record_id)
    found = {}
    for record_type, some in ids.items():
        for identity in reading.stored(record_type, some):
            found[identity.ref] = Profile(identity)
    return found


def _likest(one: Profile, refs: list[Ref], stored: dict[Ref, Profile], limit: int, rarity: Rarity) -> list[Found]:
    likely = []
    for ref in refs:
        other = stored.get(ref)
        if other is not None:
            score, verdict = judge(one, other, rarity)
            if verdict != NO:
                likely.append((score, ref, other))
    likely.sort(key=lambda some: (-some[0], some[1]))
    return [Found(*ref, compare(one, other, rarity)) for _score, ref, other in likely[:limit]]
