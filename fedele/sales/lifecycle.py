"""What a customer bought, as long as won opportunities are all that tells it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.dispatch import receiver

from fedele.base.models import records_written
from fedele.people.lifecycle.facts import gives_purchases
from fedele.people.lifecycle.reacting import companies_of
from fedele.people.lifecycle.settling import settle
from fedele.sales.opportunities.models import Opportunity
from fedele.sales.opportunities.winning import Outcome

MATTERS = frozenset({"outcome", "closed_on", "company", "trashed_at"})


@gives_purchases("opportunity")
def won(companies: Sequence[int]) -> Iterable[tuple[int, dt.date]]:
    found = Opportunity.objects.filter(company__in=companies, outcome=Outcome.WON, trashed_at=None)
    return found.filter(closed_on__isnull=False).values_list("company_id", "closed_on").order_by()


@receiver(records_written, sender=Opportunity, dispatch_uid="life cycle of who buys")
def hear(records: Sequence[Any], changed: set[str] | None, **_kwargs: Any) -> None:
    bought = [one for one in records if one.outcome == Outcome.WON or (changed and "outcome" in changed)]
    if bought and (changed is None or changed & MATTERS):
        settle(companies_of(bought, changed))
