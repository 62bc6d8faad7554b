"""Whose consents are kept: persons, and companies, whose addresses the law protects as well."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

KEYS = ("lead", "contact", "company")


def keepers() -> tuple[Any, ...]:
    """Their models; asked late, because they carry columns kept here."""
    from fedele.people.companies.models import Company
    from fedele.people.contacts.models import Contact
    from fedele.people.leads.models import Lead

    return Lead, Contact, Company


def is_customer(record: Any) -> bool:
    """Somebody with whom a contract runs, as far as the kind of their company says so."""
    if record.record_type == "lead":
        return False
    company = record if record.record_type == "company" else getattr(record, "company", None)
    return company is not None and company.kind == "customer"


def customers(model: Any) -> Q:
    """The same for a list."""
    if model.record_type == "company":
        return Q(kind="customer")
    return Q(company__kind="customer") if model.record_type == "contact" else Q(pk__in=[])
