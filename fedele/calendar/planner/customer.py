"""For whom an hour is looked for on the calendar: who comes from a customer's page finds them in each form, and goes back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from fedele.calendar.activities.contact import CUSTOMERS
from fedele.calendar.activities.kinds import Kind
from fedele.records.registry import registry


def customer_of(named: str, user: Any) -> Any:
    """`company:12` as that record; None for what is none, or may not be seen."""
    key, _colon, pk = named.partition(":")
    if key not in CUSTOMERS or not pk.isdecimal() or len(pk) > 18:
        return None
    return registry.by_key(key).model.objects.visible_to(user).filter(pk=pk).first()


def name_of(customer: Any) -> str:
    return f"{customer.record_type}:{customer.pk}"


def page_of(customer: Any) -> str:
    return registry.by_key(customer.record_type).url(customer.pk)


def calendar_for(customer: Any) -> str:
    """The calendar on which a free hour is chosen for this customer; on a Sunday that of the week to come."""
    return f"/calendar/?{urlencode({'day': 'tomorrow', 'with': name_of(customer)}, safe=':')}"


def asked_for(customer: Any) -> str:
    """What the form of something new is told besides the hour, to be followed by more: an hour is chosen for a visit."""
    if customer is None:
        return ""
    said = {"with": name_of(customer), customer.record_type: customer.pk, "kind": Kind.MEETING.value}
    return f"{urlencode(said, safe=':')}&"
