"""What two must have in common to be compared at all: a few numbers for each, of which one equal is enough.

Every key goes over a slip of the keys somewhere else: who misspelt the surname has the phone or the street in common.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

from fedele.people.duplicates.engine.profile import Profile

#: Doubled letters and those that ears confuse, for the sound of a name.
_SOUNDS = str.maketrans({
    "b": "p", "d": "t", "g": "k", "c": "k", "q": "k", "x": "k", "v": "f", "w": "f", "z": "s", "j": "k",
    "m": "n", "h": None, "y": None, "a": None, "e": None, "i": None, "o": None, "u": None,
})  # fmt: skip


def hashed(text: str) -> int:
    """The same signed 64 bits in every process and on every machine."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


@lru_cache(maxsize=50_000)
def sound(name: str) -> str:
    """What is left of a name when vowels and doubled letters go: zanghellini → skln."""
    heard = name.replace("ph", "f").translate(_SOUNDS)
    return "".join(mark for at, mark in enumerate(heard) if not at or mark != heard[at - 1])[:5]


def keys_of(profile: Profile) -> frozenset[int]:
    one, two = telling_keys_of(profile)
    return one | two


#: Kinds of keys that are enough by themselves: mailbox, phone, VAT number, identifier, birth, company, door.
_TELLING = frozenset("epviboa")


def telling_keys_of(profile: Profile) -> tuple[frozenset[int], frozenset[int]]:
    """(keys of which one is enough, keys of which two must be shared): where there are too many to compare all."""
    if profile.telling is not None:
        return profile.telling
    one: set[int] = set()
    two: set[int] = set()
    for text in key_texts(profile):
        (one if text[0] in _TELLING else two).add(hashed(text))
    profile.telling = frozenset(one), frozenset(two)
    return profile.telling


def key_texts(profile: Profile) -> list[str]:
    """The keys as text: kind, then what must be equal."""
    found = [f"e{email}" for email in profile.emails]
    found += [f"p{phone}" for phone in profile.phones]
    found += [f"v{number}" for number in {profile.vat, profile.tax_code} if number]
    found += [f"i{value}" for value in profile.ids.values()]
    if profile.is_person:
        _add_person(found, profile)
        if profile.for_company and profile.company:
            _add_organisation(found, profile)
    else:
        _add_organisation(found, profile)
    _add_door(found, profile)
    return found


def _add_person(found: list[str], profile: Profile) -> None:
    given, surname = profile.given_name, profile.surname_name
    if given and surname:
        one, other = sorted((given, surname))
        found.append(f"n{one}{other}")
        one, other = sorted((sound(given)[:3] or given, sound(surname)[:4] or surname))
        near = profile.postcode[:3] or profile.city[:3]
        found.append(f"h{one} {other} {near}")
    elif len(profile.surname) > 1:
        found.append(f"n{''.join(sorted(profile.surname))}")
    if surname and profile.postcode:
        found.append(f"z{surname[:4]}{profile.postcode}")
    if given and surname and profile.city:
        found.append(f"c{given[:2]}{surname[:3]}{profile.city[:4]}")
    if profile.born:
        found.append(f"b{profile.born}{'' if len(profile.born) == 8 else surname[:2]}")


def _add_organisation(found: list[str], profile: Profile) -> None:
    parts = profile.company
    if not parts:
        return
    found.append(f"o{''.join(sorted(parts))}")
    near = profile.city[:4] or profile.province
    longest = sorted(parts, key=lambda word: (-len(word), word))[:2]
    found += [f"w{word[:5]}{near}" for word in longest]
    found.append(f"j{profile.company_name[:8]}")


def _add_door(found: list[str], profile: Profile) -> None:
    street = profile.street
    if street.name and street.number:
        found.append(f"a{street.name[-6:]}{street.number}{profile.postcode[:3] or profile.city[:3]}")


def wide_keys_of(profile: Profile) -> set[int]:
    """Also keys of two small parts each, which many share: for files, where there is room to compare more."""
    return {hashed(text) for text in (*key_texts(profile), *_wide_texts(profile))}


def _wide_texts(profile: Profile) -> list[str]:
    given, name = profile.given_name[:4], profile.surname_name[:4]
    street, number = profile.street.name[:4], profile.street.number
    code, town, line = profile.postcode, profile.city[:4], profile.locality[:5]
    parts = {
        "st": (street, town), "sn": (street, number), "nc": (number, code), "gs": (given[:3], street),
        "fs": (name[:3], street), "gc": (given, code), "gt": (given, town), "ft": (name, town), "tc": (town, code),
        "sc": (street, code), "lc": (line, code), "lt": (line, town),
        "ss": (sound(profile.given_name), sound(profile.surname_name)),
    }  # fmt: skip
    found = [f"{kind}{one} {other}" for kind, (one, other) in parts.items() if one and other]
    # A surname that stands in the column of given names, with what else is there.
    found += [f"x{word[:4]}{town}" for word in (given, name) if word and town]
    found += [f"k{word}" for word in profile.company if len(word) > 3]
    found += [f"d{domain}" for domain in profile.domains]
    return found
