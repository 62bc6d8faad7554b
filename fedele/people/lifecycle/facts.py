"""What the life cycle follows from, as departments give it.

    @gives_purchases("opportunity")
    def won(companies): return [(company id, day), …]

    @gives_signs("overdue", of="openitem", label=_("overdue for more than (days)"), limit=60, words=_("overdue since %(since)s"))
    def overdue(companies): return {company id: Sign(since=day)}

Asked for many companies at once, one statement each. Who may not see records of that type is not told what they said.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from fedele.base.months import months_after

#: Of somebody who buys more often than this only the latest count.
MOST = 300


@dataclass(frozen=True)
class Sign:
    """Something that speaks of a customer about to leave."""

    since: dt.date
    #: From this day on it is over; None while it lasts.
    until: dt.date | None = None
    #: The mark, where the sign is one.
    value: float | None = None


@dataclass(frozen=True)
class DeclaredSign:
    key: str
    #: The record type it is read from: who may not see any of these is not told.
    of: str
    #: What setup asks; the number stands behind it.
    label: Any
    #: What it says of a customer; %(since)s is its day, %(value)s its mark.
    words: Any
    read: Callable[[Sequence[int]], dict[int, Sign]]
    #: Of "days" and "months" it holds so long after its day; of a "mark" when it is that or less.
    unit: str = "days"
    limit: int = 0
    #: Counts unless the company says otherwise.
    usual: bool = True

    def holds(self, sign: Sign, limit: int) -> tuple[dt.date, dt.date | None] | None:
        """From which day, and until when; None: never."""
        if self.unit == "mark":
            start = sign.since if sign.value is not None and sign.value <= limit else None
        else:
            start = months_after(sign.since, limit) if self.unit == "months" else sign.since + dt.timedelta(days=limit)
        return None if start is None or (sign.until and sign.until <= start) else (start, sign.until)


@dataclass
class Facts:
    """Of one company: the days it bought on, in their order; signs that last; and those that held and are over."""

    bought: list[dt.date] = field(default_factory=list)
    signs: dict[str, Sign] = field(default_factory=dict)
    past: list[tuple[str, Sign]] = field(default_factory=list)

    def all_signs(self) -> list[tuple[str, Sign]]:
        return [*self.signs.items(), *self.past]


Purchases = Callable[[Sequence[int]], Iterable[tuple[int, dt.date]]]
_purchases: dict[str, Purchases] = {}
signs: dict[str, DeclaredSign] = {}


def gives_purchases(of: str) -> Callable[[Purchases], Purchases]:
    """Declares where it stands what customers bought: in records of type `of`."""

    def declare(read: Purchases) -> Purchases:
        _purchases[of] = read
        return read

    return declare


def gives_signs(key: str, **declared: Any) -> Callable[[Any], Any]:
    def declare(read: Any) -> Any:
        signs[key] = DeclaredSign(key=key, read=read, **declared)
        return read

    return declare


def facts_of(ids: Sequence[int]) -> dict[int, Facts]:
    """What departments know of those of these companies that ever bought."""
    bought: dict[int, list[dt.date]] = defaultdict(list)
    for read in _purchases.values():
        for company, day in read(ids):
            bought[company].append(day)
    found = {company: Facts(sorted(days)[-MOST:]) for company, days in bought.items()}
    for one in signs.values() if found else ():
        for company, sign in one.read(sorted(found)).items():
            found[company].signs[one.key] = sign
    return found


def may_know_purchases(user: Any) -> bool:
    return any(user.rights.may("view", of) for of in _purchases)


# --- as they are kept -----------------------------------------------------------------------------------------------


def as_json(facts: Facts) -> dict[str, Any]:
    return {
        "bought": [day.isoformat() for day in facts.bought],
        "signs": {key: sign_as_json(sign) for key, sign in facts.signs.items()},
        "past": [[key, sign_as_json(sign)] for key, sign in facts.past],
    }


def from_json(kept: dict[str, Any]) -> Facts:
    return Facts(
        [dt.date.fromisoformat(day) for day in kept.get("bought", ())],
        {key: sign_from_json(sign) for key, sign in kept.get("signs", {}).items() if key in signs},
        [(key, sign_from_json(sign)) for key, sign in kept.get("past", ()) if key in signs],
    )


def sign_as_json(sign: Sign) -> list[Any]:
    return [sign.since.isoformat(), sign.until.isoformat() if sign.until else None, sign.value]


def sign_from_json(kept: list[Any]) -> Sign:
    since, until, value = kept
    return Sign(dt.date.fromisoformat(since), dt.date.fromisoformat(until) if until else None, value)
