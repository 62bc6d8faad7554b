"""How a company stands with us today, and how it pays: read in one statement, whoever asks, however many documents there are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from fedele.billing.disputes.models import Dispute
from fedele.billing.disputes.settling import LIVING
from fedele.billing.open_items.habits import Habits, habits_of, sums_of
from fedele.billing.open_items.models import OpenItem
from fedele.billing.open_items.paying import PaymentState
from fedele.people.companies.models import Company
from fedele.records.adding import scope_of
from fedele.records.beforehand import asks_beforehand, may_have

ITEMS = "open_items__"


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


NOTHING = Position((), 0, Decimal())


@asks_beforehand("company")
def whether_billed(_record_type: Any) -> dict[str, Any]:
    items = OpenItem.objects.filter(company=OuterRef("pk"), trashed_at=None)
    disputes = Dispute.objects.filter(company=OuterRef("pk"), trashed_at=None, state__in=LIVING)
    return {"billing": Exists(items) | Exists(disputes)}


def position_of(company: Company) -> Position:
    """Asked for by warnings, tiles and blocks of one page; read once for each time the company was. Of a group: its sums."""
    known = company.__dict__.get("_position")
    if known is None:
        known = company.__dict__["_position"] = _read(scope_of(company)) if may_have(company, "billing") else NOTHING
    return known  # type: ignore[no-any-return]


def _read(ids: list[int]) -> Position:
    today = timezone.localdate()
    alive = Q(**{f"{ITEMS}trashed_at__isnull": True})
    is_open = alive & ~Q(**{f"{ITEMS}state": PaymentState.PAID})
    late = is_open & Q(**{f"{ITEMS}due_on__lt": today})
    # A credit lowers what is overdue once its day has come, but no customer is late with a credit note.
    waiting = late & Q(**{f"{ITEMS}residual__gt": 0})
    rows = (
        Company.objects.filter(pk__in=ids)
        .order_by()
        .values(currency_=F(f"{ITEMS}currency"))
        .annotate(
            open=Sum(f"{ITEMS}residual", filter=is_open),
            overdue=Sum(f"{ITEMS}residual", filter=late),
            open_count=Count(f"{ITEMS}id", filter=is_open),
            overdue_count=Count(f"{ITEMS}id", filter=waiting),
            oldest=Min(f"{ITEMS}due_on", filter=waiting),
            disputes=Coalesce(Subquery(_disputes(ids, Count("pk")), output_field=IntegerField()), 0),
            disputed=Subquery(_disputes(ids, Sum("amount"))),
            **sums_of(ITEMS, alive, today),
        )
    )
    found = list(rows)
    standings = tuple(_standing(row) for row in found if row["currency_"])
    return Position(
        standings, found[0]["disputes"] if found else 0, (found[0]["disputed"] if found else None) or Decimal()
    )


def _disputes(ids: list[int], of_all: Any) -> QuerySet[Any]:
    """One number about the open disputes of these companies."""
    living = Dispute.objects.filter(company__in=ids, trashed_at=None, state__in=LIVING).order_by()
    return living.annotate(all_=Value(1)).values("all_").annotate(n_=of_all).values("n_")


def _standing(row: dict[str, Any]) -> Standing:
    return Standing(
        currency=row["currency_"],
        open=row["open"] or Decimal(),
        overdue=row["overdue"] or Decimal(),
        open_count=row["open_count"],
        overdue_count=row["overdue_count"],
        oldest=row["oldest"],
        habits=habits_of(row),
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
