"""Names of two organisations, word by word: what both say, what one leaves out, what they say differently."""

from __future__ import annotations

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio, token_sort_ratio

from fedele.people.duplicates.engine import weights as w
from fedele.people.duplicates.engine.company_names import initials
from fedele.people.duplicates.engine.likeness import cost
from fedele.people.duplicates.engine.profile import Profile
from fedele.people.duplicates.engine.rarity import Bits, Rarity
from fedele.people.duplicates.engine.reasons import Reason


def compare_names(a: Profile, b: Profile, rarity: Rarity, why: list[Reason] | None, name: str = "name") -> float:
    """Bits of the names, legal forms included; `name` is what reasons call it: "name" or "company"."""
    if not a.company or not b.company:
        return 0.0
    bits = rarity.company
    if a.company_name == b.company_name:
        found = min(w.NAME_AT_MOST, w.WHOLE_NAME + sum(bits[word] for word in set(a.company)))
        if why is not None:
            why.append(Reason(f"same_{name}", a.identity.company, b.identity.company))
    else:
        found = _by_words(a.company, b.company, bits)
        if found < w.ACRONYM and _is_acronym(a, b):
            found = w.ACRONYM
        if why is not None:
            _tell(why, a, b, found, name)
    if a.form and b.form and a.form != b.form:
        found += w.OTHER_FORM
        if why is not None:
            why.append(Reason("other_form", a.form, b.form))
    return found


def _by_words(a: tuple[str, ...], b: tuple[str, ...], bits: Bits) -> float:
    """What the words in common are worth, less what stands against it."""
    shared = sum(bits[word] for word in set(a) & set(b))
    own, left = [word for word in a if word not in b], [word for word in b if word not in a]
    for word, partner in _ways_of_writing(own, left) if own and left else ():
        if word in own and partner in left:
            own.remove(word)
            left.remove(partner)
            shared += max(0.5, min(bits[word], bits[partner]) + cost(word, partner))
    out, other = _sum(own, bits), _sum(left, bits)
    if own and left and ratio("".join(own), "".join(left)) >= _SAME_WITHOUT_SPACES:
        shared += max(1.0, min(max(out, other), w.NAME_AT_MOST) + w.SLIP)  # «Tecno Mec» and «Tecnomec»
        out = other = 0.0
    if not shared:
        return w.OTHER_NAME
    against = w.WORD_LEFT_OUT * (out + other) + w.WORD_INSTEAD * min(out, other)
    return max(w.OTHER_NAME, min(w.NAME_AT_MOST, shared) - against)


#: Per cent.
_SAME_WITHOUT_SPACES = 86


def _sum(parts: list[str], bits: Bits) -> float:
    return sum(bits[word] for word in parts)


def _ways_of_writing(own: list[str], left: list[str]) -> list[tuple[str, str]]:
    """Words that may be one, the likest first, in the same order from whichever side."""
    found = [(word, other) for word in own for other in left if _is_way_of_writing(word, other)]
    return sorted(found, key=lambda two: (OSA.distance(*two), sorted(two)))


def _is_way_of_writing(one: str, other: str) -> bool:
    """A slip, or an abbreviation: «mecc.» for «meccanica»."""
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    if len(shorter) >= 3 and longer.startswith(shorter) and not shorter.isdigit():
        return True
    slips = OSA.distance(one, other, score_cutoff=2)
    return not shorter.isdigit() and slips <= (0 if len(longer) < 4 else 1 if len(shorter) < 8 else 2)


def _is_acronym(a: Profile, b: Profile) -> bool:
    for one, other in ((a, b), (b, a)):
        if len(one.company) == 1 and 2 < len(one.company_name) == len(other.company) == len(initials(other.company)):
            return one.company_name == initials(other.company)
    return False


def _tell(why: list[Reason], a: Profile, b: Profile, found: float, name: str) -> None:
    if found > 0:
        per_cent = round(token_sort_ratio(" ".join(a.company), " ".join(b.company)))
        why.append(Reason(f"{name}_alike", a.identity.company, b.identity.company, per_cent))
    elif found < 0:
        why.append(Reason(f"other_{name}", a.identity.company, b.identity.company))
