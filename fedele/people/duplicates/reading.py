"""Records as identities, out of objects at hand or straight out of the tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models.functions import Mod

from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.duplicates import table
from fedele.people.duplicates.engine import Identity
from fedele.people.duplicates.shapes import COLUMNS, identity_of_values
from fedele.people.leads.models import Lead

MODELS: dict[str, Any] = {"company": Company, "contact": Contact, "lead": Lead}


def identity_of(record: Any, *, with_company: bool = True) -> Identity:
    """The identity of a company, contact or lead, stored or not. A contact's company is looked up unless told not to."""
    key = record.record_type
    values = [getattr(record, name) or "" for name in COLUMNS[key] if "__" not in name]
    if key == "contact":
        values.append(record.company.name if with_company and record.company_id else "")
    return identity_of_values(key, (key, record.pk), values)


def stored(record_type: str, ids: Collection[int]) -> list[Identity]:
    """The living records of these ids, in no order."""
    rows = MODELS[record_type].objects.filter(pk__in=table.listed(ids), trashed_at=None)
    return [
        identity_of_values(record_type, (record_type, row[0]), row[1:])
        for row in rows.values_list("pk", *COLUMNS[record_type])
    ]


def everything(record_type: str, every: int = 1) -> Iterator[Identity]:
    """All living records of a type by id, or those whose id is divided by `every`; a few thousand in memory at a time."""
    rows = MODELS[record_type].objects.filter(trashed_at=None).order_by("pk")
    if every > 1:
        rows = rows.alias(rest=Mod("pk", every)).filter(rest=0)
    for row in rows.values_list("pk", *COLUMNS[record_type]).iterator(chunk_size=5000):
        yield identity_of_values(record_type, (record_type, row[0]), row[1:])
