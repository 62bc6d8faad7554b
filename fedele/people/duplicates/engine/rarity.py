"""How much it says that two share a name: much for Zanghellini, little for Rossi.

In bits: the logarithm to base 2 of how many would have to be looked at to meet the value once by chance. Shares come
from lists of the most frequent names, and where a file or an archive is looked at as a whole, from that too: what was
counted there and the lists are averaged as if the lists were a file of `LISTS_WEIGH` rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import log2

from fedele.people.duplicates.engine.common import LISTED, RARE
from fedele.people.duplicates.engine.profile import Profile

#: How many rows the general lists count for, beside those of the data at hand.
LISTS_WEIGH = 1_000
#: Records among which a new one is looked for when nobody says how many there are.
USUAL_ARCHIVE = 100_000


class Bits(dict[str, float]):
    """Value → bits of its being shared by chance, for one kind of value."""

    def __init__(self, kind: str, counts: Counter[str] | None = None, total: int = 0) -> None:
        super().__init__()
        self.kind = kind
        rare, listed = RARE[kind], LISTED.get(kind, {})
        if counts:
            everything = total + LISTS_WEIGH
            for value, count in counts.items():
                general = listed.get(value, rare)
                # One of the occurrences is the record itself: a value seen once may be as rare as can be.
                self[value] = -log2((max(count - 1, 0.2) + LISTS_WEIGH * general) / everything)
        else:
            for value, share in listed.items():
                self[value] = -log2(share)
        self.unlisted = -log2(rare if not total else (0.2 + LISTS_WEIGH * rare) / (total + LISTS_WEIGH))

    def __missing__(self, _value: str) -> float:
        return self.unlisted


class Rarity:
    """The bits of all kinds of values, and `prior`: how unlikely two records drawn by chance are one and the same."""

    def __init__(self, total: int = USUAL_ARCHIVE, counts: dict[str, Counter[str]] | None = None) -> None:
        counts = counts or {}
        counted = total if counts else 0
        for kind in RARE:
            setattr(self, kind, Bits(kind, counts.get(kind), counted))
        # Half the records have a double somewhere: between one in ten and several each in what is worth checking.
        self.prior = -log2(2 * (total + LISTS_WEIGH))

    surname: Bits
    given: Bits
    city: Bits
    postcode: Bits
    street: Bits
    company: Bits
    number: Bits
    place: Bits
    locality: Bits
    province: Bits
    born: Bits
    phone: Bits
    email: Bits
    domain: Bits
    id: Bits

    @classmethod
    def of(cls, profiles: Iterable[Profile], total: int = 0) -> Rarity:
        """As counted in the data at hand; `total` says among how many a double is looked for,
        when the profiles are only a sample, or those of two files."""
        counts: dict[str, Counter[str]] = {kind: Counter() for kind in RARE}
        seen = 0
        for profile in profiles:
            seen += 1
            for kind, values in profile.values().items():
                counts[kind].update(values)
        found = cls(max(seen, 1), counts)
        if total:
            found.prior = -log2(2 * (total + LISTS_WEIGH))
        return found


USUAL = Rarity()
