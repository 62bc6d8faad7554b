"""How many customers would be in each phase under other rules: by their kept facts, without asking any department."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from fedele.people.companies.models import Company
from fedele.people.lifecycle.facts import from_json
from fedele.people.lifecycle.judging import phase_on
from fedele.people.lifecycle.models import LifeCycle
from fedele.people.lifecycle.phases import TONES, Phase
from fedele.people.lifecycle.rules import Rules

#: Of more customers than these, so many are looked at and the rest is reckoned from them.
LOOKED_AT = 5_000


@dataclass(frozen=True)
class Line:
    phase: str
    label: str
    level: str
    now: int
    then: int

    @property
    def more(self) -> int:
        return self.then - self.now


@dataclass(frozen=True)
class Trial:
    lines: list[Line]
    #: Reckoned from a part.
    is_about: bool


def trial_of(chosen: Rules) -> Trial:
    rows = Company.objects.filter(trashed_at=None).values("phase").annotate(n=Count("pk")).order_by()
    now = Counter({row["phase"]: row["n"] for row in rows})
    today, moved, looked = timezone.localdate(), Counter[str](), 0
    known = LifeCycle.objects.filter(company__trashed_at=None).order_by("pk")
    for phase, facts in known.values_list("company__phase", "facts")[:LOOKED_AT].iterator():
        looked += 1
        moved[phase] -= 1
        moved[phase_on(from_json(facts), chosen, today)] += 1
    buyers = known.count() if looked == LOOKED_AT else looked
    share = buyers / looked if looked else 1
    lines = [
        Line(phase.value, str(phase.label), TONES[phase], now[phase], now[phase] + round(moved[phase] * share))
        for phase in Phase
    ]
    return Trial(lines, buyers > looked)
