"""What speaks of a customer about to leave: bills long unpaid, a quarrel about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Min
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from fedele.base.models import records_written
from fedele.billing.disputes.models import Dispute
from fedele.billing.disputes.settling import LIVING
from fedele.billing.open_items.models import OpenItem
from fedele.billing.open_items.paying import PaymentState
from fedele.people.lifecycle.facts import Sign, gives_signs
from fedele.people.lifecycle.reacting import companies_of
from fedele.people.lifecycle.settling import settle_buyers

MATTERS = frozenset({"state", "residual", "due_on", "opened_on", "company", "trashed_at"})


@gives_signs(
    "overdue", of="openitem", label=_("an invoice overdue for more than (days)"), limit=180,
    words=_("an invoice overdue since %(since)s"),
)  # fmt: skip
def overdue(companies: Sequence[int]) -> dict[int, Sign]:
    late = OpenItem.objects.filter(company__in=companies, trashed_at=None, residual__gt=0)
    rows = late.exclude(state=PaymentState.PAID).values("company").annotate(oldest=Min("due_on")).order_by()
    return {row["company"]: Sign(row["oldest"]) for row in rows}


@gives_signs(
    "dispute", of="dispute", label=_("a dispute open for more than (days)"), limit=60,
    words=_("a dispute open since %(since)s"),
)  # fmt: skip
def disputed(companies: Sequence[int]) -> dict[int, Sign]:
    living = Dispute.objects.filter(company__in=companies, trashed_at=None, state__in=LIVING)
    rows = living.values("company").annotate(oldest=Min("opened_on")).order_by()
    return {row["company"]: Sign(row["oldest"]) for row in rows}


@receiver(records_written, sender=OpenItem, dispatch_uid="life cycle of who is late")
@receiver(records_written, sender=Dispute, dispatch_uid="life cycle of who disputes")
def hear(records: Sequence[Any], changed: set[str] | None, **_kwargs: Any) -> None:
    if changed is None or changed & MATTERS:
        settle_buyers(companies_of(records, changed))
