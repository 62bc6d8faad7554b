"""The numbers of a person, declared by the departments: what it counts, in words, and the rows behind it.

`@indicator("won_month", label=…, formula=…)` on `(user) -> Figure or None`. No number without its rows, and no target that
nobody set.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.records.today.blocks import Block, today_block


@dataclass(frozen=True)
class Figure:
    value: str
    #: The list of exactly what was counted.
    url: str
    #: What it is made of: "3 opportunities", "4 of 9".
    note: str = ""


@dataclass(frozen=True)
class Indicator:
    key: str
    label: Any
    #: How it is computed, in words; shown when one asks.
    formula: Any
    order: int
    right: tuple[str, str]
    figure: Callable[[Any], Figure | None]


_indicators: dict[str, Indicator] = {}


def indicator(
    key: str, *, label: Any, formula: Any, right: tuple[str, str], order: int = 50
) -> Callable[[Any], Callable[[Any], Figure | None]]:
    def declare(figure: Callable[[Any], Figure | None]) -> Callable[[Any], Figure | None]:
        _indicators[key] = Indicator(key, label, formula, order, right, figure)
        return figure

    return declare


def figures_for(user: Any) -> list[tuple[Indicator, Figure]]:
    allowed = [one for one in _indicators.values() if user.rights.may(*one.right)]
    made = [(one, one.figure(user)) for one in sorted(allowed, key=lambda one: one.order)]
    return [(one, figure) for one, figure in made if figure is not None]


@today_block(
    "numbers", label=gettext_lazy("My numbers"), icon="chart-no-axes-column", order=60, heeds=("*",),
    right=lambda user: any(user.rights.may(*one.right) for one in _indicators.values()),
)  # fmt: skip
def my_numbers(user: Any) -> Block:
    given = {"figures": figures_for(user)}
    return Block(template="records/today/_numbers.html", given=given, empty=_("Nothing to count yet."))
