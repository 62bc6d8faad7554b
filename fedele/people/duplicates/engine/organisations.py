"""Names of two organisations, word by word: what both say, what one leaves out, what they say differently."""

from __future__ import annotations

from rapidfuzz.fuzz import ratio

from fedele.people.duplicates.engine import weights as w
from fedele.people.duplicates.engine.company_names import initials
from fedele.people.duplicates.engine.likeness import SLIP, alike
from fedele.people.duplicates.engine.profile import Profile
from fedele.people.duplicates.engine.rarity import Bits, Rarity
from fedele.people.duplicates.engine.reasons import Reason


def compare_names(a: Profile, b: Profile, rarity: Rarity, why: list[Reason] | None, name: str = "name") -> float:
    """Bits of the names, legal forms included; `name` is what reasons call it: "name" or "company"."""
    if not a.company or not b.company:
        return 0.0
    bits = rarity.company
    if a.company_name == b.company_name:
        found = min(w.NAME_AT_MOST, sum(bits[word] for word in set(a.company)))
        if why is not None:
            why.append(Reason(f"same_{name}", a.identity.company, b.identity.company))
    else:
        found = _by_words(a.company, b.company, bits)
        whole = ratio(a.company_name, b.company_name)
        if whole >= 88:  # «Tecno Mec» and «Tecnomec»; slips that cut a word in two.
            rare = min(w.NAME_AT_MOST, max(_sum(a.company, bits), _sum(b.company, bits)))
            found = max(found, rare - (100 - whole) * 0.5)
        elif _is_acronym(a, b):
            found = max(found, 7.0)
        if why is not None:
            _tell(why, a, b, found, whole, name)
    if a.form and b.form and a.form != b.form:
        found += w.OTHER_FORM
        if why is not None:
            why.append(Reason("other_form", a.form, b.form))
    return found


def _sum(parts: tuple[str, ...], bits: Bits) -> float:
    return sum(bits[word] for word in parts)


def _by_words(a: tuple[str, ...], b: tuple[str, ...], bits: Bits) -> float:
    """What the words in common are worth, less what stands against it."""
    left = [word for word in b if word not in a] if len(b) < 12 else [word for word in b if word not in set(a)]
    shared = sum(bits[word] for word in set(a) & set(b))
    mine = [word for word in a if word not in b]
    own: list[str] = []
    for word in mine:
        partner = next((other for other in left if _is_way_of_writing(word, other)), None)
        if partner is None:
            own.append(word)
        else:
            left.remove(partner)
            shared += max(1.0, min(bits[word], bits[partner]) + w.SLIP)
    if not shared:
        return w.OTHER_NAME
    out, other = _sum(tuple(own), bits), _sum(tuple(left), bits)
    against = w.WORD_LEFT_OUT * (out + other) + w.WORD_INSTEAD * min(out, other)
    return max(w.OTHER_NAME, min(w.NAME_AT_MOST, shared) - against)


def _is_way_of_writing(one: str, other: str) -> bool:
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    if len(shorter) >= 3 and longer.startswith(shorter):
        return True
    return len(shorter) >= 4 and alike(shorter, longer) == SLIP


def _is_acronym(a: Profile, b: Profile) -> bool:
    for one, other in ((a, b), (b, a)):
        if len(one.company) == 1 and 2 < len(one.company_name) == len(other.company) == len(initials(other.company)):
            return one.company_name == initials(other.company)
    return False


def _tell(why: list[Reason], a: Profile, b: Profile, found: float, whole: float, name: str) -> None:
    if found > 0:
        why.append(Reason(f"{name}_alike", a.identity.company, b.identity.company, round(whole)))
    elif found < 0:
        why.append(Reason(f"other_{name}", a.identity.company, b.identity.company))
