"""Records as identities, out of objects at hand or straight out of the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.duplicates.engine import ORGANISATION, PERSON, Identity
from fedele.people.leads.models import Lead

_ADDRESS = ("street", "postcode", "city", "province", "country")
#: Columns of each type in the order in which the functions below take them, after the id.
COLUMNS: dict[str, tuple[str, ...]] = {
    "company": (*_ADDRESS, "name", "vat_number", "tax_code", "phone", "email", "pec", "website"),
    "contact": (*_ADDRESS, "first_name", "last_name", "email", "phone", "mobile", "tax_code", "company__name"),
    "lead": (
        *_ADDRESS, "first_name", "last_name", "company_name", "email", "phone", "mobile", "vat_number", "website",
    ),
}  # fmt: skip
MODELS: dict[str, Any] = {"company": Company, "contact": Contact, "lead": Lead}


def _company(ref: Any, values: Sequence[Any]) -> Identity:
    street, postcode, city, province, country, name, vat, tax_code, phone, email, pec, website = values
    return Identity(
        ORGANISATION, ref, company=name, emails=(email, pec), phones=(phone,), vat=vat, tax_code=tax_code, street=street,
        postcode=postcode, city=city, province=province, country=country, website=website,
    )  # fmt: skip


def _contact(ref: Any, values: Sequence[Any]) -> Identity:
    street, postcode, city, province, country, given, surname, email, phone, mobile, tax_code, company = values
    return Identity(
        PERSON, ref, given, surname, company or "", emails=(email,), phones=(mobile, phone), tax_code=tax_code,
        street=street, postcode=postcode, city=city, province=province, country=country,
    )  # fmt: skip


def _lead(ref: Any, values: Sequence[Any]) -> Identity:
    street, postcode, city, province, country, given, surname, company, email, phone, mobile, vat, website = values
    is_person = bool(given or surname or not company)
    return Identity(
        PERSON if is_person else ORGANISATION, ref, given, surname, company, emails=(email,), phones=(mobile, phone),
        vat=vat, street=street, postcode=postcode, city=city, province=province, country=country, website=website,
        for_company=bool(company) and is_person,
    )  # fmt: skip


_MAKERS: dict[str, Callable[[Any, Sequence[Any]], Identity]] = {"company": _company, "contact": _contact, "lead": _lead}


def identity_of(record: Any, *, with_company: bool = True) -> Identity:
    """The identity of a company, contact or lead, stored or not. A contact's company is looked up unless told not to."""
    key = record.record_type
    ref = (key, record.pk)
    if key != "contact":
        return _MAKERS[key](ref, [getattr(record, name) or "" for name in COLUMNS[key]])
    values = [getattr(record, name) or "" for name in COLUMNS[key][:-1]]
    company = record.company.name if with_company and record.company_id else ""
    return _contact(ref, [*values, company])


def stored(record_type: str, ids: Iterable[int]) -> list[Identity]:
    """The living records of these ids, in no order."""
    rows = MODELS[record_type].objects.filter(pk__in=ids, trashed_at=None)
    return [_row(record_type, row) for row in rows.values_list("pk", *COLUMNS[record_type])]


def everything(record_type: str, after: int = 0) -> Iterator[Identity]:
    """All living records of a type by id, a few thousand in memory at a time."""
    rows = MODELS[record_type].objects.filter(trashed_at=None, pk__gt=after).order_by("pk")
    for row in rows.values_list("pk", *COLUMNS[record_type]).iterator(chunk_size=5000):
        yield _row(record_type, row)


def _row(record_type: str, row: tuple[Any, ...]) -> Identity:
    return _MAKERS[record_type]((record_type, row[0]), row[1:])
