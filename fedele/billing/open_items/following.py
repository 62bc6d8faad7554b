"""Open items belong to whoever has the customer: they change hands with the company."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.dispatch import receiver

from fedele.base.models import records_written
from fedele.billing.open_items.models import OpenItem
from fedele.people.companies.models import Company


@receiver(records_written, sender=Company)
def follow(records: list[Any], changed: set[str] | None, **_kwargs: Any) -> None:
    """No entry of their own: the company's says who took it over, and undoing that brings them back."""
    if changed is None or not changed & {"owner", "team"}:
        return
    given: dict[tuple[Any, Any], list[int]] = defaultdict(list)
    for company in records:
        given[(company.owner_id, company.team_id)].append(company.pk)
    for (owner, team), companies in given.items():
        OpenItem.objects.filter(company_id__in=companies).update(owner_id=owner, team_id=team)
