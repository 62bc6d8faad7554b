"""How a company pays, worked out from the invoices it settled. Formulas stand with each figure.

All are weighted by amount: somebody who pays ten small invoices at once and keeps the large one waiting pays late.
Only invoices whose day of payment is known count, of the last 24 months by that day.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Q, Sum

from fedele.base.months import months_after
from fedele.billing.open_items.paying import ItemKind, PaymentState

#: Months the figures look at, and the half of them that the trend compares.
MONTHS, HALF = 24, 12
#: Fewer invoices than this in either year say nothing about a trend.
ENOUGH = 3


@dataclass(frozen=True)
class Habits:
    #: Invoices settled in the last 24 months, on which all this rests.
    count: int
    #: Σ(amount × days from document to payment) ÷ Σ amount, of those with a document date; None without any.
    days_to_pay: float | None
    #: Σ(amount × days from due day to payment) ÷ Σ amount; below zero: early.
    delay: float
    #: Σ amount paid after its due day ÷ Σ amount, 0 to 1.
    late_share: float
    #: The longest delay of a single invoice, in days; 0 when none was late.
    worst: int
    #: Weighted delay of the last 12 months less that of the 12 before; None when either has fewer than 3 invoices.
    trend: float | None


def sums_of(path: str, alive: Q, today: dt.date) -> dict[str, Any]:
    """The aggregates `habits_of` needs, over items at the end of `path`."""
    name = lambda field: f"{path}{field}"  # noqa: E731
    settled = alive & Q(
        **{
            name("state"): PaymentState.PAID,
            name("kind"): ItemKind.INVOICE,
            name("amount__gt"): 0,
            name("days_late__isnull"): False,
            name("paid_on__gte"): months_after(today, -MONTHS),
        }
    )
    recent = settled & Q(**{name("paid_on__gte"): months_after(today, -HALF)})
    before = settled & Q(**{name("paid_on__lt"): months_after(today, -HALF)})
    dated = settled & Q(**{name("days_to_pay__isnull"): False})
    amount, late, took = F(name("amount")), F(name("days_late")), F(name("days_to_pay"))
    return {
        "habit_n": Count(name("id"), filter=settled),
        "habit_amount": Sum(amount, filter=settled),
        "habit_delay": Sum(amount * late, filter=settled),
        "habit_dated": Sum(amount, filter=dated),
        "habit_took": Sum(amount * took, filter=dated),
        "habit_late": Sum(amount, filter=settled & Q(**{name("days_late__gt"): 0})),
        "habit_worst": Max(late, filter=settled),
        "recent_n": Count(name("id"), filter=recent),
        "recent_amount": Sum(amount, filter=recent),
        "recent_delay": Sum(amount * late, filter=recent),
        "before_n": Count(name("id"), filter=before),
        "before_amount": Sum(amount, filter=before),
        "before_delay": Sum(amount * late, filter=before),
    }


def habits_of(row: dict[str, Any]) -> Habits | None:
    """From the sums of one currency; None where nothing was settled."""
    if not row["habit_n"]:
        return None
    enough = row["recent_n"] >= ENOUGH and row["before_n"] >= ENOUGH
    return Habits(
        count=row["habit_n"],
        days_to_pay=_mean(row["habit_took"], row["habit_dated"]) if row["habit_dated"] else None,
        delay=_mean(row["habit_delay"], row["habit_amount"]),
        late_share=float((row["habit_late"] or 0) / row["habit_amount"]),
        worst=max(row["habit_worst"] or 0, 0),
        trend=(
            _mean(row["recent_delay"], row["recent_amount"]) - _mean(row["before_delay"], row["before_amount"])
            if enough
            else None
        ),
    )


def _mean(weighted: Any, weight: Any) -> float:
    return float(weighted) / float(weight)
