"""How the columns of each record type make an identity; without Django, for who makes rows without models."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fedele.people.duplicates.engine import ORGANISATION, PERSON, Identity

#: Record types by the number that stands for them in the table of keys; never given to another.
NUMBERS = {"company": 1, "contact": 2, "lead": 3}
_ADDRESS = ("street", "postcode", "city", "province", "country")
#: Columns of each type in the order in which the functions below take them, after the id.
COLUMNS: dict[str, tuple[str, ...]] = {
    "company": (*_ADDRESS, "name", "vat_number", "tax_code", "phone", "email", "pec", "website"),
    "contact": (*_ADDRESS, "first_name", "last_name", "email", "phone", "mobile", "tax_code", "company__name"),
    "lead": (
        *_ADDRESS, "first_name", "last_name", "company_name", "email", "phone", "mobile", "vat_number", "website",
    ),
}  # fmt: skip


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


def identity_of_values(record_type: str, ref: Any, values: Sequence[Any]) -> Identity:
    """Of values in the order of COLUMNS."""
    return _MAKERS[record_type](ref, values)


def identity_of_row(record_type: str, values: Mapping[str, Any]) -> Identity:
    """Of column names and values; what is not among them is not known."""
    return _MAKERS[record_type](
        (record_type, values.get("id")), [values.get(name) or "" for name in COLUMNS[record_type]]
    )
