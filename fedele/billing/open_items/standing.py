"""How a company stands with us today, and how it pays: read in one statement, whoever asks, however many documents there are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Count, Exists, Max, Min, OuterRef, Q, QuerySet, Sum, Value, When
from django.utils import timezone

from fedele.billing.disputes.models import Dispute
from fedele.billing.disputes.settling import LIVING
from fedele.billing.open_items.habits import SUMS, Habits, habits_of, halves_of
from fedele.billing.open_items.models import OpenItem
from fedele.billing.open_items.paying import PaymentState
from fedele.people.companies.models import Company
from fedele.records.adding import scope_of
from fedele.records.beforehand import asks_beforehand, may_have

#: The parts the items of a company fall into, besides those settled in either half (see habits).
WAITING, CREDIT, OPEN = "waiting", "credit", "open"


@dataclass(frozen=True)
class Standing:
    """Of one currency: amounts of different currencies are never added up."""

    currency: str
    #: What is missing in all, less credits; of it what is past its day; how many documents each.
    open: Decimal
    overdue: Decimal
    open_count: int
    overdue_count: int
    #: The day from which the oldest has been waiting.
    oldest: dt.date | None
    habits: Habits | None

    @property
    def overdue_days(self) -> int:
        return (timezone.localdate() - self.oldest).days if self.oldest else 0


@dataclass(frozen=True)
class Position:
    """All a warning or a tile needs to know of one company."""

    standings: tuple[Standing, ...]
    #: Open disputes, and the amount disputed in them; in the currency of the disputes when they agree on one.
    disputes: int
    disputed: Decimal

    @property
    def overdue(self) -> tuple[Standing, ...]:
        return tuple(one for one in self.standings if one.overdue > 0)

    @property
    def habits(self) -> Habits | None:
        """Those of the currency it mostly pays in."""
        known = [one.habits for one in self.standings if one.habits]
        return max(known, key=lambda one: one.count) if known else None


@asks_beforehand("company")
def whether_billed(_record_type: Any) -> dict[str, Any]:
    items = OpenItem.objects.filter(company=OuterRef("pk"), trashed_at=None)
    disputes = Dispute.objects.filter(company=OuterRef("pk"), trashed_at=None, state__in=LIVING)
    return {"billed": Exists(items), "disputed": Exists(disputes)}


def position_of(company: Company) -> Position:
    """Asked for by warnings, tiles and blocks of one page; read once for each time the company was. Of a group: its sums."""
    known = company.__dict__.get("_position")
    if known is None:
        known = company.__dict__["_position"] = _read(company)
    return known  # type: ignore[no-any-return]


def _read(company: Company) -> Position:
    ids = scope_of(company)
    standings = _standings(ids, timezone.localdate()) if may_have(company, "billed") else ()
    if not may_have(company, "disputed"):
        return Position(standings, 0, Decimal())
    living = Dispute.objects.filter(company__in=ids, trashed_at=None, state__in=LIVING)
    disputes = living.aggregate(n=Count("pk"), amount=Sum("amount"))
    return Position(standings, disputes["n"], disputes["amount"] or Decimal())


def _standings(ids: list[int], today: dt.date) -> tuple[Standing, ...]:
    """Each item counts in one part alone, so that every sum is read without a condition of its own."""
    is_open = ~Q(state=PaymentState.PAID)
    late = is_open & Q(due_on__lt=today)
    # A credit lowers what is overdue once its day has come, but no customer is late with a credit note.
    parts = {WAITING: late & Q(residual__gt=0), CREDIT: late, OPEN: is_open, **halves_of(today)}
    part = Case(*(When(of, then=Value(key)) for key, of in parts.items()), default=Value(""), output_field=CharField())
    rows = (
        OpenItem.objects.filter(company__in=ids, trashed_at=None)
        .order_by()
        .values("currency", part=part)
        .annotate(missing=Sum("residual"), oldest=Min("due_on"), **SUMS)
    )
    by_currency: dict[str, dict[str, dict[str, Any]]] = {}
    for row in rows:
        by_currency.setdefault(row["currency"], {})[row["part"]] = row
    return tuple(_standing(currency, found) for currency, found in sorted(by_currency.items()))


def _standing(currency: str, parts: dict[str, dict[str, Any]]) -> Standing:
    def total(name: str, *keys: str) -> Any:
        return sum((parts[key][name] for key in keys if key in parts), Decimal() if name == "missing" else 0)

    return Standing(
        currency=currency,
        open=total("missing", WAITING, CREDIT, OPEN),
        overdue=total("missing", WAITING, CREDIT),
        open_count=total("n", WAITING, CREDIT, OPEN),
        overdue_count=total("n", WAITING),
        oldest=parts[WAITING]["oldest"] if WAITING in parts else None,
        habits=habits_of(parts),
    )


def ages(items: QuerySet[Any], today: dt.date) -> list[dict[str, Any]]:
    """Overdue by age of what `items` holds, a row a currency: sum and count of each band; one statement."""
    late = items.exclude(state=PaymentState.PAID).filter(due_on__lt=today).order_by()
    given: dict[str, Any] = {}
    for key, first, last in bands(today):
        band = Q(due_on__lte=last) & (Q(due_on__gte=first) if first else Q())
        given |= {f"{key}_sum": Sum("residual", filter=band), f"{key}_n": Count("pk", filter=band)}
    rows = late.values("currency").annotate(**given, total=Sum("residual"), n=Count("pk"), most=Max("residual"))
    return list(rows.order_by("-n"))


def bands(today: dt.date) -> list[tuple[str, dt.date | None, dt.date]]:
    """Key, first and last due day of each band: 1–30, 31–60, 61–90, more than 90 days late."""
    day = lambda n: today - dt.timedelta(days=n)  # noqa: E731
    return [
        ("to_30", day(30), day(1)),
        ("to_60", day(60), day(31)),
        ("to_90", day(90), day(61)),
        ("over_90", None, day(91)),
    ]
