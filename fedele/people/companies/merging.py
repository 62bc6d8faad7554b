"""How companies become one: addresses whole, groups without rings."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from fedele.people.companies.models import Kind
from fedele.records.merging.rules import Merging, Together

ADDRESS = Together(_("address"), ("street", "postcode", "city", "province", "country"))

MERGING = Merging(
    distinct=("vat_number", "tax_code"),
    together=(ADDRESS,),
    ranks={"kind": (Kind.CUSTOMER, Kind.FORMER, Kind.PARTNER, Kind.AGENT, Kind.SUPPLIER, Kind.PROSPECT)},
)


def settle_group(survivor: Any, others: list[Any]) -> None:
    """A parent merged with its subsidiary: what remains belongs to whatever both belonged to, never to itself."""
    one = {survivor.pk, *(other.pk for other in others)}
    if survivor.parent_id is None or not _leads_back(survivor.parent, one):
        return
    parents = [other.parent for other in others if other.parent_id]
    survivor.parent = next((parent for parent in parents if not _leads_back(parent, one)), None)


def _leads_back(company: Any, one: set[int]) -> bool:
    """Whether one of these is above `company`, or is it."""
    seen: set[int] = set()
    while company is not None and company.pk not in seen:
        if company.pk in one:
            return True
        seen.add(company.pk)
        company = company.parent
    return False
