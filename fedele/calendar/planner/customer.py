"""For whom an hour is looked for on the calendar: who comes from the page of a customer, or of an opportunity of theirs,
finds them in each form, and goes back.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from fedele.calendar.activities.contact import CUSTOMERS
from fedele.calendar.activities.kinds import Kind
from fedele.calendar.activities.logging import ABOUT
from fedele.records.registry import registry


def customer_of(named: str, user: Any) -> Any:
    """`company:12` as that record; None for what is none, or may not be seen."""
    key, _colon, pk = named.partition(":")
    if key not in ABOUT or not pk.isdecimal() or len(pk) > 18:
        return None
    return registry.by_key(key).model.objects.visible_to(user).filter(pk=pk).first()


def is_about(customer: Any) -> bool:
    """Something of a customer's, such as an opportunity: no form has a field for it, so the activity is told when it is made."""
    return customer is not None and customer.record_type not in CUSTOMERS


def name_of(customer: Any) -> str:
    return f"{customer.record_type}:{customer.pk}"


def page_of(customer: Any) -> str:
    return registry.by_key(customer.record_type).url(customer.pk)


def calendar_for(customer: Any) -> str:
    """The calendar on which a free hour is chosen for this customer; on a Sunday that of the week to come."""
    return f"/calendar/?{urlencode({'day': 'tomorrow', 'with': name_of(customer)}, safe=':')}"


def whole_url(customer: Any) -> str:
    """Where all fields of something new are; "" where none of them says what it is about."""
    return "" if is_about(customer) else f"{registry.by_key('activity').url()}new/"


def asked_for(customer: Any, user: Any) -> str:
    """What the form of something new is told besides the hour, to be followed by more: an hour is chosen for a visit."""
    if customer is None:
        return ""
    said = {"with": name_of(customer), **_filled_in(customer, user), "kind": Kind.MEETING.value}
    return f"{urlencode(said, safe=':')}&"


def _filled_in(customer: Any, user: Any) -> dict[str, int]:
    """The fields of the form that say who it is; of an opportunity those behind it this user may see."""
    if not is_about(customer):
        return {customer.record_type: customer.pk}
    behind = {key: getattr(customer, f"{key}_id", None) for key in ("company", "contact")}
    return {key: pk for key, pk in behind.items() if pk and customer_of(f"{key}:{pk}", user)}
