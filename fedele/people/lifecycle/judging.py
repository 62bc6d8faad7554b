"""From facts and rules to phases: no database, no clock. The same facts give the same path, on whatever day it is worked out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from fedele.base.months import months_after
from fedele.people.lifecycle.facts import Facts, Sign, sign_as_json, signs
from fedele.people.lifecycle.phases import Phase
from fedele.people.lifecycle.rules import Rules


@dataclass(frozen=True)
class Step:
    """A passage into a phase, and what it rested on that day."""

    phase: str
    day: dt.date
    reason: dict[str, Any]


@dataclass(frozen=True)
class Path:
    """Every passage until today, and the day on which time alone may bring the next."""

    steps: tuple[Step, ...] = ()
    #: What today's phase rests on.
    reason: dict[str, Any] = field(default_factory=dict)
    due: dt.date | None = None

    @property
    def phase(self) -> str:
        return self.steps[-1].phase if self.steps else Phase.PROSPECT

    @property
    def since(self) -> dt.date | None:
        return self.steps[-1].day if self.steps else None


@dataclass(frozen=True)
class Moment:
    """How a customer stands on one day."""

    phase: str
    signs: tuple[str, ...]


def path_of(facts: Facts, rules: Rules, today: dt.date) -> Path:
    case = Case(facts, rules)
    steps: list[Step] = []
    due = now = None
    for day in case.turning_days():
        moment = case.on(day)
        if day > today:
            if moment != now:
                due = day
                break
            continue
        if moment is not None and (not steps or steps[-1].phase != moment.phase):
            steps.append(Step(moment.phase, day, case.reason(day)))
        now = moment
    return Path(tuple(steps), case.reason(today) if steps else {}, due)


def phase_on(facts: Facts, rules: Rules, day: dt.date) -> str:
    """Of one day alone, for trying rules out."""
    moment = Case(facts, rules).on(day)
    return moment.phase if moment else Phase.PROSPECT


class Case:
    """One customer under one set of rules."""

    def __init__(self, facts: Facts, rules: Rules) -> None:
        self.rules, self.facts = rules, facts
        self.bought = _apart(facts.bought, rules.gap_days)
        #: (key, sign, first day, the day it is over).
        self.held = [
            (key, sign, *span)
            for key, sign in ((key, self._until_bought(key, sign)) for key, sign in facts.all_signs())
            if key in rules.signs and (span := signs[key].holds(sign, rules.signs[key]))
        ]

    def _until_bought(self, key: str, sign: Sign) -> Sign:
        """A bad mark is forgiven by whoever buys again."""
        again = next((day for day in self.bought if day > sign.since), None) if signs[key].unit == "mark" else None
        return replace(sign, until=min(again, sign.until or again)) if again else sign

    def turning_days(self) -> list[dt.date]:
        """Every day on which something may change."""
        days: set[dt.date] = set(self.bought)
        for number, day in enumerate(self.bought, 1):
            days |= {self._silent_on(number), self._lost_on(number), months_after(day, self.rules.loyal_months)}
        if self.bought:
            days.add(months_after(self.bought[0], self.rules.loyal_after))
        days |= {day for _key, _sign, first, over in self.held for day in (first, over) if day}
        return sorted(day for day in days if self.bought and day >= self.bought[0])

    def on(self, day: dt.date) -> Moment | None:
        number = sum(bought <= day for bought in self.bought)
        if not number:
            return None
        if day >= self._lost_on(number):
            return Moment(Phase.LOST, ())
        found = self._signs_on(day, number)
        if found:
            return Moment(Phase.RISK, found)
        return Moment(self._phase_by_purchases(day, number), ())

    def _phase_by_purchases(self, day: dt.date, number: int) -> str:
        rules = self.rules
        is_old = day >= months_after(self.bought[0], rules.loyal_after)
        if is_old and self._recent(day, number) >= rules.loyal_count:
            return Phase.LOYAL
        return Phase.RENEWAL if number > 1 else Phase.FIRST

    def _recent(self, day: dt.date, number: int) -> int:
        return sum(months_after(bought, self.rules.loyal_months) > day for bought in self.bought[:number])

    def _signs_on(self, day: dt.date, number: int) -> tuple[str, ...]:
        silent = ("silence",) if day >= self._silent_on(number) else ()
        held = {key for key, _sign, first, over in self.held if first <= day and (over is None or day < over)}
        return (*silent, *sorted(held))

    def _usual(self, number: int) -> int | None:
        """Days between two purchases, on the average of the first `number`."""
        return round((self.bought[number - 1] - self.bought[0]).days / (number - 1)) if number > 1 else None

    def _silent_on(self, number: int) -> dt.date:
        last, usual, rules = self.bought[number - 1], self._usual(number), self.rules
        if usual is None:
            return months_after(last, rules.silence_single)
        return max(
            last + dt.timedelta(days=round(usual * rules.silence_factor)), months_after(last, rules.silence_least)
        )

    def _lost_on(self, number: int) -> dt.date:
        return max(months_after(self.bought[number - 1], self.rules.lost_months), self._silent_on(number))

    def reason(self, day: dt.date) -> dict[str, Any]:
        """Codes and numbers; `words` says them in the reader's language."""
        number = sum(bought <= day for bought in self.bought)
        if not number:
            return {}
        held = {
            key: sign_as_json(sign)
            for key, sign, first, over in self.held
            if first <= day and (over is None or day < over)
        }
        return {
            "n": number,
            "first": self.bought[0].isoformat(),
            "last": self.bought[number - 1].isoformat(),
            "usual": self._usual(number),
            "recent": self._recent(day, number),
            "silent": day >= self._silent_on(number),
            "signs": held,
        }


def _apart(days: Iterable[dt.date], gap: int) -> list[dt.date]:
    """Purchases of the same few days are one: an order in three parts is no loyalty."""
    found: list[dt.date] = []
    for day in days:
        if not found or (day - found[-1]).days >= gap:
            found.append(day)
    return found
