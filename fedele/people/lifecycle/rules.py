"""When a customer is loyal, at risk or lost: the numbers a company sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.cache import caches
from django.db import models
from django.utils.translation import gettext_lazy as _

from fedele.people.lifecycle.facts import signs
from fedele.people.lifecycle.phases import Phase

#: Seconds another process may go on judging by the old ones.
SECONDS = 5


@dataclass(frozen=True)
class Rules:
    #: Purchases closer together than these days are one.
    gap_days: int = 30
    #: Loyal: so many purchases within so many months, and a customer for so many.
    loyal_count: int = 3
    loyal_months: int = 36
    loyal_after: int = 12
    #: At risk by silence: so many times the usual interval, at least so many months; after a single purchase so many.
    silence_factor: float = 2.5
    silence_least: int = 12
    silence_single: int = 24
    #: Lost: no purchase for so many months, and silent.
    lost_months: int = 48
    #: {key of a sign: its limit}; a sign that is not here does not count.
    signs: dict[str, int] = field(default_factory=dict)

    @classmethod
    def usual(cls) -> Rules:
        return cls(signs={one.key: one.limit for one in signs.values() if one.usual})

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Rules:
        """From what is kept; what is not there is as usual."""
        known = {name: value for name, value in values.items() if name in cls.__dataclass_fields__}
        return cls(**{**asdict(cls.usual()), **known})

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class LifeCycleRules(models.Model):
    """One row: the company's own rules, and what it does in each phase."""

    values = models.JSONField(default=dict)
    #: {phase: lines}: what is suggested to whoever looks at a customer in that phase.
    guide = models.JSONField(default=dict)
    #: When all companies were worked out by these rules; None: they have yet to be.
    worked_out_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("rules of the life cycle")
        verbose_name_plural = _("rules of the life cycle")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def get(cls) -> LifeCycleRules:
        return cls.objects.get_or_create(pk=1)[0]


#: What is suggested until the company says it in its own words.
USUAL_GUIDE: dict[str, Any] = {
    Phase.PROSPECT: _("Find out what it needs and who decides\nAgree on a next step with a day"),
    Phase.FIRST: _("Ask how the first order went, within a month\nShow what goes with what it bought"),
    Phase.RENEWAL: _("Propose the renewal before it is needed\nIntroduce a second person on both sides"),
    Phase.LOYAL: _("Visit at least twice a year\nAsk for a reference, and offer what is new here first"),
    Phase.RISK: _("Call within three days, before anybody sells anything\nSolve what is open and say by when"),
    Phase.LOST: _("Ask once why, and write it down\nCome back only with something new"),
}


def rules() -> Rules:
    return Rules.read(_kept()[0])


def guide(phase: str) -> list[str]:
    """The suggested actions of a phase, in the company's words or the usual ones."""
    words = _kept()[1].get(phase)
    return [
        line.strip()
        for line in str(words if words is not None else USUAL_GUIDE.get(phase, "")).splitlines()
        if line.strip()
    ]


def forget_rules(**_kwargs: Any) -> None:
    caches["process"].delete("lifecycle-rules")


def _kept() -> tuple[dict[str, Any], dict[str, Any]]:
    return caches["process"].get_or_set("lifecycle-rules", _read, SECONDS)  # type: ignore[return-value]


def _read() -> tuple[dict[str, Any], dict[str, Any]]:
    return LifeCycleRules.objects.filter(pk=1).values_list("values", "guide").first() or ({}, {})
