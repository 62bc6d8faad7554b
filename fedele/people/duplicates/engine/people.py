"""Names of two people: same, misspelt, exchanged, shortened or different."""

from __future__ import annotations

from fedele.people.duplicates.engine import weights as w
from fedele.people.duplicates.engine.likeness import EQUAL, FAINT, SLIP, alike, cost, share
from fedele.people.duplicates.engine.personal_names import is_given_name, is_short_for
from fedele.people.duplicates.engine.profile import Profile
from fedele.people.duplicates.engine.rarity import Bits, Rarity
from fedele.people.duplicates.engine.reasons import Reason

Found = tuple[float, str]
_MISSING: Found = (0.0, "")


def compare_names(a: Profile, b: Profile, rarity: Rarity, why: list[Reason] | None) -> tuple[float, float]:
    """(bits of the given name, bits of the surname)."""
    given = _part(a.given, a.given_name, b.given, b.given_name, rarity.given, w.OTHER_GIVEN)
    surname = _part(a.surname, a.surname_name, b.surname, b.surname_name, rarity.surname, w.OTHER_SURNAME)
    if given[0] <= 0 or surname[0] <= 0:
        crossed, turned = _crossed(a, b, rarity)
        if crossed[0] + turned[0] + w.EXCHANGED > given[0] + surname[0]:
            if why is not None:
                why.append(Reason("names_exchanged", _full(a), _full(b)))
                _tell(why, crossed, turned, a.given_name, b.surname_name, a.surname_name, b.given_name)
            # Which of the two is the given name nobody knows.
            return max(crossed[0], turned[0]) + w.EXCHANGED / 2, min(crossed[0], turned[0]) + w.EXCHANGED / 2
    if why is not None:
        _tell(why, given, surname, a.given_name, b.given_name, a.surname_name, b.surname_name)
    return given[0], surname[0]


def _crossed(a: Profile, b: Profile, rarity: Rarity) -> tuple[Found, Found]:
    """The given name of one against the surname of the other; or, where one has all in one field, word by word."""
    if (not a.given and len(a.surname) > 1) or (not b.given and len(b.surname) > 1):
        return _whole(a, b, rarity)
    crossed = _part(a.given, a.given_name, b.surname, b.surname_name, rarity.surname, w.OTHER_GIVEN)
    turned = _part(a.surname, a.surname_name, b.given, b.given_name, rarity.surname, w.OTHER_SURNAME)
    return crossed, turned


def _whole(a: Profile, b: Profile, rarity: Rarity) -> tuple[Found, Found]:
    """«Rossi Mario» in one field and Mario, Rossi in two: the best way of cutting the one, either end first."""
    undivided = [one for one in (a, b) if not one.given and len(one.surname) > 1]
    one = min(undivided, key=lambda some: some.surname_name)
    two = b if one is a else a
    best: tuple[Found, Found] = ((-99.0, "other"), (0.0, ""))
    parts = one.surname
    for cut in range(1, len(parts)):
        for given, surname in ((parts[:cut], parts[cut:]), (parts[cut:], parts[:cut])):
            other_given, other_surname = (two.given, two.surname) if two.given else (two.surname[:1], two.surname[1:])
            found = (
                _part(given, "".join(given), other_given, "".join(other_given), rarity.given, w.OTHER_GIVEN),
                _part(
                    surname, "".join(surname), other_surname, "".join(other_surname), rarity.surname, w.OTHER_SURNAME
                ),
            )
            if found[0][0] + found[1][0] > best[0][0] + best[1][0]:
                best = found
    return best


def _part(a: tuple[str, ...], joined_a: str, b: tuple[str, ...], joined_b: str, bits: Bits, otherwise: float) -> Found:
    """(bits, how): "equal", "slip", "short", "part", "faint", "other" or "" when one of them is not known."""
    if not joined_a or not joined_b:
        return _MISSING
    if joined_a == joined_b:
        return (w.INITIAL, "short") if len(joined_a) == 1 else (bits[joined_a], EQUAL)
    if (len(a[0]) == 1 or len(b[0]) == 1) and (len(a) == len(b) == 1 or len(joined_a) <= 2 or len(joined_b) <= 2):
        return (w.INITIAL, "short") if a[0][0] == b[0][0] else (otherwise, "other")
    rare = max(bits[joined_a], bits[joined_b])
    if is_short_for(joined_a, joined_b) or (len(a[0]) >= 3 and len(b[0]) >= 3 and is_short_for(a[0], b[0])):
        return rare + w.NICKNAME, "short"
    how = alike(joined_a, joined_b)
    if how == SLIP:
        return _slip(joined_a, joined_b, bits)
    if common := set(a) & set(b):
        return max(1.0, max(bits[word] for word in common) + w.PART), "part"
    shorter, longer = sorted((joined_a, joined_b), key=len)
    if len(shorter) >= 3 and longer.startswith(shorter):
        return max(1.0, bits[longer] + w.PART - 1), "short"
    if len(a) + len(b) > 2 and any(alike(x, y) == SLIP for x in a for y in b if len(x) > 3 and len(y) > 3):
        return max(0.5, rare + w.PART + w.SLIP), "part"
    if how == FAINT and not (bits.kind == "given" and is_given_name(joined_a) and is_given_name(joined_b)):
        return max(-1.5, min(2.0, rare + w.FAINT)), FAINT
    return otherwise, "other"


def _slip(one: str, other: str, bits: Bits) -> Found:
    """Of two given names, each known as one, a slip is the less likely explanation."""
    if bits.kind == "given":
        if _is_other_gender(one, other):
            return w.OTHER_GENDER, "other"
        if is_given_name(one) and is_given_name(other):
            return w.ANOTHER_NAME, SLIP
    return max(0.5, min(bits[one], bits[other]) + cost(one, other)), SLIP


def _is_other_gender(one: str, other: str) -> bool:
    """Silvio and Silvia, Michele and Michela, Daniel and Daniela: one letter, and another person."""
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    if len(shorter) == len(longer):
        return one[:-1] == other[:-1] and {one[-1], other[-1]} in ({"o", "a"}, {"e", "a"})
    return longer == f"{shorter}a"


def _full(profile: Profile) -> str:
    return f"{profile.identity.given} {profile.identity.surname}".strip()


def _tell(why: list[Reason], given: Found, surname: Found, ga: str, gb: str, sa: str, sb: str) -> None:
    if given[1] == surname[1] == EQUAL:
        why.append(Reason("same_name", f"{ga} {sa}", f"{gb} {sb}"))
        return
    for how, name, one, other in ((surname[1], "surname", sa, sb), (given[1], "given", ga, gb)):
        if how == EQUAL:
            why.append(Reason(f"same_{name}", one, other))
        elif how == "short" and name == "given":
            shorter, longer = sorted((one, other), key=len)
            why.append(Reason("given_short", shorter.capitalize(), longer.capitalize()))
        elif how in (SLIP, "part", FAINT, "short"):
            why.append(Reason(f"{name}_alike", one, other, share(one, other)))
        elif how == "other":
            why.append(Reason(f"other_{name}", one, other))
