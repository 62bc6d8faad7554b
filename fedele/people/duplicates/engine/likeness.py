"""How alike two words are."""

from __future__ import annotations

from rapidfuzz.distance import OSA, JaroWinkler

from fedele.people.duplicates.engine import weights as w

_jaro = JaroWinkler.similarity
_slips = OSA.distance

EQUAL, SLIP, FAINT, OTHER = "equal", "slip", "faint", "other"


def alike(one: str, other: str) -> str:
    """EQUAL, SLIP (what a typist or a bad ear makes of it), FAINT or OTHER. Neither is empty."""
    if one == other:
        return EQUAL
    longest = max(len(one), len(other))
    slips = _slips(one, other, score_cutoff=4)
    if slips == 1 and longest >= 4:
        return SLIP
    if slips == 2 and longest >= 5:
        return SLIP if longest >= 6 or one[0] == other[0] else FAINT
    if slips == 3 and longest >= 10:
        return SLIP
    near = _jaro(one, other)
    if near >= 0.9 and min(len(one), len(other)) >= 5:
        return SLIP
    return FAINT if near >= 0.8 or slips == 1 or (slips == 3 and longest >= 6) else OTHER


def cost(one: str, other: str) -> float:
    """Bits by which a slip counts less than the same: among short words many are one slip apart, among long ones few."""
    longest = max(len(one), len(other))
    return w.SLIP - 2.0 if longest <= 4 else w.SLIP - 1.0 if longest == 5 else w.SLIP if longest <= 8 else w.SLIP + 0.5


def share(one: str, other: str) -> int:
    """Per cent alike, for people to read."""
    return round(100 * OSA.normalized_similarity(one, other))


def is_slip(one: str, other: str) -> bool:
    """Codes and numbers: one character mistyped, left out or exchanged with its neighbour."""
    return len(one) >= 5 and _slips(one, other, score_cutoff=1) <= 1
