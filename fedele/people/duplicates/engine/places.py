"""Two addresses: street, house number, postcode, town."""

from __future__ import annotations

from fedele.people.duplicates.engine import weights as w
from fedele.people.duplicates.engine.likeness import EQUAL, FAINT, SLIP, alike, is_slip, share
from fedele.people.duplicates.engine.profile import Profile
from fedele.people.duplicates.engine.rarity import Rarity
from fedele.people.duplicates.engine.reasons import Reason


def compare_streets(
    a: Profile, b: Profile, rarity: Rarity, why: list[Reason] | None, *, premises: bool = False
) -> float:
    """Bits of street, number and second line. For `premises`, another number of the street is another place."""
    one, other = a.street, b.street
    found, how = 0.0, ""
    if one.name and other.name:
        found, how = _names(a, b, rarity)
        if how == "other" and (a.locality or b.locality):
            crossed = _crossed(a, b, rarity)
            if crossed > 0:
                found, how = crossed, SLIP
    number = 0.0
    if one.number and other.number:
        number = _number(one.number, other.number, rarity)
        if how == "other" and number > 0:
            number /= 2  # The same number of another street.
        if premises and number < 0:
            found = min(found, w.STREET_ALONE)
    if why is not None:
        _tell(why, a, b, how, number)
    if a.locality and b.locality:
        found += _locality(a.locality, b.locality, rarity)
    return found + number


def _names(a: Profile, b: Profile, rarity: Rarity) -> tuple[float, str]:
    one, other = a.street, b.street
    if one.name == other.name:
        return rarity.street[one.name], EQUAL
    rare = min(rarity.street[one.name], rarity.street[other.name])
    how = alike(one.name, other.name)
    if how == SLIP:
        return max(1.0, rare + w.SLIP), SLIP
    common = {word for word in one.parts if len(word) > 2} & {word for word in other.parts if len(word) > 2}
    if common or _initials_agree(one.parts, other.parts):
        return max(1.0, rare + w.PART - 1), SLIP
    if how == FAINT:
        return min(2.0, rare + w.FAINT), FAINT
    return w.OTHER_STREET, "other"


def _initials_agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """«G. Marconi» and «Guglielmo Marconi» share a word; «Marconi G» and «Marcony Guglielmo» their last, misspelt."""
    return len(a) + len(b) > 2 and alike(a[-1], b[-1]) in (EQUAL, SLIP) and len(a[-1]) > 3


def _crossed(a: Profile, b: Profile, rarity: Rarity) -> float:
    """First and second line exchanged."""
    for one, other in ((a.street.name, b.locality), (b.street.name, a.locality)):
        if one and other and alike(one, other) in (EQUAL, SLIP):
            return max(1.0, rarity.street[one] + w.SLIP)
    return 0.0


def _number(one: str, other: str, rarity: Rarity) -> float:
    if one == other:
        return min(rarity.number[one], 7.0)
    if one.rstrip("abcdefghijklmnopqrstuvwxyz") == other.rstrip("abcdefghijklmnopqrstuvwxyz"):
        return 3.0  # 12 and 12/A
    if (len(one) > 1 or len(other) > 1) and (one in other or other in one or sorted(one) == sorted(other)):
        return 0.5
    return w.OTHER_NUMBER


def _locality(one: str, other: str, rarity: Rarity) -> float:
    how = alike(one, other)
    if how == EQUAL:
        return min(rarity.locality[one], 8.0)
    if how == SLIP:
        return 4.0
    return 0.0 if how == FAINT else w.OTHER_LOCALITY


def compare_towns(a: Profile, b: Profile, rarity: Rarity, why: list[Reason] | None) -> float:
    """Bits of postcode, town and province, which mostly say the same and so do not simply add up."""
    town = code = province = 0.0
    if a.city and b.city:
        town = _town(a, b, rarity, why)
    if a.postcode and b.postcode:
        code = _postcode(a, b, rarity, why)
    if a.province and b.province and a.province != b.province:
        province = w.OTHER_PROVINCE if min(len(a.province), len(b.province)) > 1 else 0.0
        if why is not None and province and town <= 0:
            why.append(Reason("other_province", a.identity.province, b.identity.province))
    elif a.province and a.province == b.province:
        province = min(rarity.province[a.province], 4.0) * (0.3 if town > 0 or code > 0 else 1)
    if a.country and b.country and a.country != b.country:
        province += w.OTHER_COUNTRY
        if why is not None:
            why.append(Reason("other_country", a.country, b.country))
    if town > 0 and code > 0 and a.city == b.city and a.postcode == b.postcode:
        together = max(town, code, min(town + code, rarity.place[a.city + a.postcode]))
    elif town > 0 and code > 0:
        together = max(town, code) + 0.5 * min(town, code)
    else:
        together = town + code
    return together + province


def _town(a: Profile, b: Profile, rarity: Rarity, why: list[Reason] | None) -> float:
    how = alike(a.city, b.city)
    if how == EQUAL:
        found, code = rarity.city[a.city], "same_city"
    elif how == SLIP:
        found, code = max(1.0, min(rarity.city[a.city], rarity.city[b.city]) + w.SLIP), "city_alike"
    elif min(len(a.city), len(b.city)) > 3 and (a.city in b.city or b.city in a.city):
        found, code = 3.0, "city_alike"  # «San Giuliano Milanese» and «S. Giuliano», «Brescia (centro)»
    else:
        found, code = (-1.0 if how == FAINT else w.OTHER_CITY), "other_city"
    if why is not None:
        per_cent = share(a.city, b.city) if code == "city_alike" else ""
        why.append(Reason(code, a.identity.city, b.identity.city, per_cent))
    return found


def _postcode(a: Profile, b: Profile, rarity: Rarity, why: list[Reason] | None) -> float:
    if a.postcode == b.postcode:
        found, code = rarity.postcode[a.postcode], "same_postcode"
    elif is_slip(a.postcode.zfill(5), b.postcode.zfill(5)):
        found, code = 2.5, "postcode_alike"
    else:
        found, code = w.OTHER_POSTCODE, "other_postcode"
    if why is not None and (code != "same_postcode" or not (a.city and a.city == b.city)):
        why.append(Reason(code, a.identity.postcode, b.identity.postcode))
    return found


def _tell(why: list[Reason], a: Profile, b: Profile, how: str, number: float) -> None:
    one, other = a.identity.street, b.identity.street
    if how == EQUAL:
        why.append(Reason("same_address" if number > 3 else "same_street", one, other))
    elif how in (SLIP, FAINT):
        why.append(Reason("street_alike", one, other, share(a.street.name, b.street.name)))
    elif how == "other":
        why.append(Reason("other_street", one, other))
    if how in (EQUAL, SLIP) and number < 0:
        why.append(Reason("other_number", a.street.number, b.street.number))
