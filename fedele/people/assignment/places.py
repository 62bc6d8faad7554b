"""Where a record is, as rules and areas ask: province, region, range of postcodes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fedele.people.assignment.models import Area
from fedele.people.identity.postcodes import provinces_of
from fedele.people.identity.provinces import PROVINCES, REGIONS

#: Codes of the provinces of each region, as the official list has them.
PROVINCES_OF = {
    region: tuple(code for code, province in PROVINCES.items() if province.region == region) for region in REGIONS
}


def area_of(record: Any) -> str:
    """Code of the province, also where only the postcode tells; "abroad"; "" when nobody can know."""
    if record.country not in ("IT", ""):
        return Area.ABROAD
    if record.province:
        return str(record.province)
    possible = provinces_of(record.postcode or "")
    return possible[0] if len(possible) == 1 else ""


def read_postcodes(text: str) -> list[tuple[int, int]]:
    """ "20100-20199, 25" → [(20100, 20199), (25000, 25999)]; ValidationError names what is no postcode."""
    found = []
    for part in text.replace(";", ",").replace("–", "-").split(","):
        first, _dash, last = (one.strip() for one in part.partition("-"))
        if not first and not last:
            continue
        for one in (first, last or first):
            if not (one.isascii() and one.isdigit() and len(one) <= 5):
                raise ValidationError(_("“%(part)s” is no range of postcodes.") % {"part": part.strip()})
        low, high = int(first.ljust(5, "0")), int((last or first).ljust(5, "9"))
        if high < low:
            raise ValidationError(_("“%(part)s” ends before it begins.") % {"part": part.strip()})
        found.append((low, high))
    return found


def is_within(postcode: str, ranges: Iterable[tuple[int, int]]) -> bool:
    if not (len(postcode) == 5 and postcode.isdigit()):
        return False
    return any(low <= int(postcode) <= high for low, high in ranges)


def whole_regions(codes: Collection[str]) -> list[str]:
    """The regions of which every province is among the codes."""
    return [region for region, members in PROVINCES_OF.items() if set(members) <= set(codes)]


def words_of_provinces(codes: Collection[str]) -> str:
    """ "Lombardia, Veneto, TN": whole regions by name, single provinces by code."""
    regions = whole_regions(codes)
    covered = {code for region in regions for code in PROVINCES_OF[region]}
    abroad = [str(_("abroad"))] if Area.ABROAD in codes else []
    return ", ".join([*regions, *(code for code in PROVINCES if code in codes and code not in covered), *abroad])
