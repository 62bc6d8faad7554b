"""Groups out of pairs: who is one with whom, without chains of weak links."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

Pair = tuple[Hashable, Hashable, float]


def groups(
    pairs: Iterable[Pair], *, differ: Callable[[Hashable, Hashable], bool] | None = None, strong: float = 0.9
) -> list[list[Hashable]]:
    """Members of each group in order of appearance; pairs are (a, b, score), the surest are joined first.

    Two groups grow together by a strong pair unless `differ` says of two of their members that they are not one (or,
    without it, unless most of their members were compared and found different, as they are in no pair). By a weaker
    pair only single members join, so that A like B and B like C does not make A and C one.
    """
    ordered = sorted(pairs, key=lambda pair: -pair[2])
    known = {frozenset((a, b)) for a, b, _score in ordered}
    group_of: dict[Hashable, list[Hashable]] = {}
    appeared: dict[Hashable, int] = {}
    for a, b, score in ordered:
        for member in (a, b):
            appeared.setdefault(member, len(appeared))
        one, other = group_of.setdefault(a, [a]), group_of.setdefault(b, [b])
        if one is other or not _may_join(one, other, score >= strong, known, differ):
            continue
        if len(one) < len(other):
            one, other = other, one
        one += other
        for member in other:
            group_of[member] = one
    found = {id(group): group for group in group_of.values() if len(group) > 1}
    made = [sorted(group, key=appeared.__getitem__) for group in found.values()]
    return sorted(made, key=lambda group: appeared[group[0]])


#: Of two large groups only so many members are looked at.
_LOOK_AT = 12


def _may_join(
    one: list[Hashable],
    other: list[Hashable],
    is_strong: bool,
    known: set[frozenset[Hashable]],
    differ: Callable[[Hashable, Hashable], bool] | None,
) -> bool:
    across = [(a, b) for a in one[:_LOOK_AT] for b in other[:_LOOK_AT]]
    if differ is not None and any(differ(a, b) for a, b in across):
        return False
    linked = sum(frozenset(pair) in known for pair in across)
    return linked * 2 > len(across) or (is_strong and (differ is not None or linked * 2 == len(across)))
