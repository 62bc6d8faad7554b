"""Which rows of a file are worth comparing with which: those that share a key, never all with all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from fedele.people.duplicates.engine.keys import hashed, keys_of, wide_keys_of
from fedele.people.duplicates.engine.profile import Profile

#: A block of more rows than this is cut into smaller ones by what else its rows have in common.
LARGEST = 60
#: What is still larger then is put in order and each row compared with so many after it.
NEIGHBOURS = 8
#: Up to so many rows the wide keys are used as well: in small files few share them, and nothing is overlooked.
WIDE_UP_TO = 60_000

Blocks = dict[int, list[int]]


def pairs_within(profiles: Sequence[Profile]) -> Iterator[tuple[int, list[int]]]:
    """(row, earlier rows to be compared with it), rows counted from 0; every pair once."""
    wide = len(profiles) <= WIDE_UP_TO
    blocks: Blocks = defaultdict(list)
    for at, profile in enumerate(profiles):
        for key in wide_keys_of(profile) if wide else keys_of(profile):
            blocks[key].append(at)
    near = _cut(blocks, profiles)
    members = _by_row(blocks)
    for at in range(len(profiles)):
        found = set(near.get(at, ()))
        for block in members.pop(at, ()):
            for other in block:
                if other >= at:
                    break
                found.add(other)
        if found:
            yield at, sorted(found)


def pairs_between(ours: Sequence[Profile], theirs: Iterable[Profile]) -> Iterator[tuple[Profile, list[int]]]:
    """(one of theirs, ours to be compared with it). Ours are kept in memory, theirs pass by."""
    read = wide_keys_of if len(ours) <= WIDE_UP_TO else keys_of
    blocks: Blocks = defaultdict(list)
    for at, profile in enumerate(ours):
        for key in read(profile):
            blocks[key].append(at)
    for key in [key for key, block in blocks.items() if len(block) > LARGEST]:
        for at in blocks[key]:
            for finer in _finer(key, ours[at]):
                blocks[finer].append(at)
        blocks[key] = []
    for profile in theirs:
        if found := {at for key in read(profile) for at in _under(blocks, key, profile)}:
            yield profile, sorted(found)


def _under(blocks: Blocks, key: int, profile: Profile) -> Iterable[int]:
    """Those under a key; where they were too many, those who have something else in common too."""
    block = blocks.get(key)
    if block or block is None:
        return block or ()
    smaller = (blocks.get(finer, ()) for finer in _finer(key, profile))
    return {at for some in smaller if len(some) <= LARGEST for at in some}


def _cut(blocks: Blocks, profiles: Sequence[Profile]) -> dict[int, list[int]]:
    """Replaces blocks that are too large by smaller ones; returns what to compare besides: row → earlier rows."""
    near: dict[int, list[int]] = defaultdict(list)
    for key in [key for key, block in blocks.items() if len(block) > LARGEST]:
        block = blocks.pop(key)
        smaller: Blocks = defaultdict(list)
        for at in block:
            for finer in _finer(key, profiles[at]):
                smaller[finer].append(at)
        blocks.update({finer: some for finer, some in smaller.items() if len(some) <= LARGEST})
        ordered = sorted(block, key=lambda at: _order(profiles[at]))
        for place, at in enumerate(ordered):
            for other in ordered[place + 1 : place + 1 + NEIGHBOURS]:
                near[max(at, other)].append(min(at, other))
    return near


def _finer(key: int, profile: Profile) -> list[int]:
    """The block of `key`, cut by each thing that tells its rows apart."""
    street, number = profile.street.name, profile.street.number
    parts = (
        f"g{profile.given_name[:4]}{profile.surname_name[:4]}" if profile.given_name else "",
        f"o{profile.company[0][:5]}{profile.company[-1][:5]}" if profile.company else "",
        f"s{street[:5]}{number}" if street else "",
        f"z{profile.postcode}{profile.given_name[:2]}{profile.company_name[:3]}" if profile.postcode else "",
        f"c{profile.city[:6]}{profile.given_name[:2]}{profile.company_name[:3]}" if profile.city else "",
        f"b{profile.born}" if profile.born else "",
    )
    return [hashed(f"{key}{part}") for part in parts if part]


def _order(profile: Profile) -> tuple[str, ...]:
    return (
        profile.surname_name + profile.company_name, profile.given_name, profile.street.name, profile.postcode,
        *profile.phones[:1],
    )  # fmt: skip


def _by_row(blocks: Blocks) -> dict[int, list[list[int]]]:
    members: dict[int, list[list[int]]] = defaultdict(list)
    for block in blocks.values():
        if len(block) > 1:
            for at in block[1:]:
                members[at].append(block)
    blocks.clear()
    return members
