"""Records as identities, out of objects at hand or straight out of the tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.db.models.functions import Mod

from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.duplicates import table
from fedele.people.duplicates.engine import Identity, Profile
from fedele.people.duplicates.shapes import COLUMNS, identity_of_values
from fedele.people.leads.models import Lead

MODELS: dict[str, Any] = {"company": Company, "contact": Contact, "lead": Lead}


def identity_of(record: Any, *, with_company: bool = True) -> Identity:
    """The identity of a company, contact or lead, stored or not. A contact's company is looked up unless told not to."""
    return identity_of_values(record.record_type, (record.record_type, record.pk), _values(record, with_company))


def profile_of(record: Any) -> Profile:
    """Ready to be compared, stored or not."""
    if record.pk is not None:
        return Profile(identity_of(record))
    return new_profile(record.record_type, _values(record, with_company=True))


def keys_profile_of(record: Any) -> Profile:
    """To make keys of, which no company is part of; it does not say which record it is."""
    return new_profile(record.record_type, _values(record, with_company=False))


@lru_cache(maxsize=2_000)
def new_profile(record_type: str, values: tuple[Any, ...]) -> Profile:
    """Records of a batch are compared before they are stored and get their keys after: they are read once for both."""
    return Profile(identity_of_values(record_type, (record_type, None), values))


def _values(record: Any, with_company: bool) -> tuple[Any, ...]:
    values = tuple([value or "" for value in _plain[record.record_type](record)])
    if record.record_type != "contact":
        return values
    return (*values, record.company.name if with_company and record.company_id else "")


_plain = {key: attrgetter(*(name for name in names if "__" not in name)) for key, names in COLUMNS.items()}


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
