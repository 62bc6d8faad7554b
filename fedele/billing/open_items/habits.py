"""How a company pays, worked out from the invoices it settled. Formulas stand with each figure.

All are weighted by amount: somebody who pays ten small invoices at once and keeps the large one waiting pays late.
Only invoices whose day of payment is known count, of the last 24 months by that day.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Q, Sum

from fedele.base.months import months_after
from fedele.billing.open_items.paying import ItemKind, PaymentState

#: Months the figures look at, and the half of them that the trend compares.
MONTHS, HALF = 24, 12
#: Fewer invoices than this in either year say nothing about a trend.
ENOUGH = 3
RECENT, BEFORE = "recent", "before"


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


def settled_since(since: dt.date, until: dt.date | None = None) -> Q:
    """Items paid from `since` to before `until` that say how long payment took."""
    settled = Q(state=PaymentState.PAID, kind=ItemKind.INVOICE, amount__gt=0, days_late__isnull=False)
    return settled & Q(paid_on__gte=since) & (Q(paid_on__lt=until) if until else Q())


def halves_of(today: dt.date) -> dict[str, Q]:
    """The items of the last 12 months, and of the 12 before them."""
    half = months_after(today, -HALF)
    return {RECENT: settled_since(half), BEFORE: settled_since(months_after(today, -MONTHS), half)}


#: What `habits_of` needs of the items of each half.
SUMS: dict[str, Any] = {
    "n": Count("pk"),
    "weight": Sum("amount"),
    "delay": Sum(F("amount") * F("days_late")),
    # What has no date of its own says nothing of the days it took.
    "dated": Sum("amount", filter=Q(days_to_pay__isnull=False)),
    "took": Sum(F("amount") * F("days_to_pay")),
    "late": Sum("amount", filter=Q(days_late__gt=0)),
    "worst": Max("days_late"),
}


def habits_of(halves: dict[str, dict[str, Any]]) -> Habits | None:
    """From the sums of one currency, by half; None where nothing was settled."""
    known = [halves[one] for one in (RECENT, BEFORE) if one in halves]
    if not known:
        return None
    whole = {
        name: sum((row[name] or 0 for row in known), Decimal()) for name in ("weight", "delay", "dated", "took", "late")
    }
    return Habits(
        count=sum(row["n"] for row in known),
        days_to_pay=_mean(whole["took"], whole["dated"]) if whole["dated"] else None,
        delay=_mean(whole["delay"], whole["weight"]),
        late_share=float(whole["late"] / whole["weight"]),
        worst=max(0, *(row["worst"] for row in known)),
        trend=_trend(*known) if len(known) == 2 else None,
    )


def _trend(recent: dict[str, Any], before: dict[str, Any]) -> float | None:
    if min(recent["n"], before["n"]) < ENOUGH:
        return None
    return _mean(recent["delay"], recent["weight"]) - _mean(before["delay"], before["weight"])


def _mean(weighted: Any, weight: Any) -> float:
    return float(weighted) / float(weight)
