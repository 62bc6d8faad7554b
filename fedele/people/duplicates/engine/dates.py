"""Dates of birth, whichever order their parts are written in."""

from __future__ import annotations

import re
from functools import lru_cache

_PARTS = re.compile(r"\d+")


@lru_cache(maxsize=20_000)
def date_digits(text: str) -> str:
    """YYYYMMDD, or the digits there are where they make no date: what is mistyped is compared digit by digit."""
    parts = _PARTS.findall(text.partition("T")[0].partition(" ")[0] if len(text) > 10 else text)
    if len(parts) == 3:
        if len(parts[0]) == 4:
            return f"{parts[0]}{int(parts[1]):02}{int(parts[2]):02}"
        if len(parts[2]) == 4:
            day, month = int(parts[0]), int(parts[1])
            if month > 12 >= day:
                day, month = month, day
            return f"{parts[2]}{month:02}{day:02}"
    joined = "".join(parts)
    if len(joined) == 8 and joined[:2] not in ("18", "19", "20") and joined[4:6] in ("18", "19", "20"):
        return joined[4:] + joined[2:4] + joined[:2]
    return joined


def are_turned(one: str, other: str) -> bool:
    """Day and month exchanged: 03/04 for 04/03."""
    return len(one) == len(other) == 8 and one[:4] == other[:4] and one[4:6] == other[6:] and one[6:] == other[4:6]
