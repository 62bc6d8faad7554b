"""Who of those invited is known: the contact or lead behind an address, as far as the user may see them."""

from __future__ import annotations

from typing import Any

from fedele.calendar.ics.reading import Appointment
from fedele.people.models import Contact, Lead


def customer_of(one: Appointment, user: Any) -> dict[str, Any]:
    """The contact, or else the lead, of whoever invited, then of the first guest that is known. Two statements at most."""
    people = [*([one.organizer] if one.organizer else []), *one.attendees]
    emails = list(dict.fromkeys(person.email for person in people if person.email != user.email.lower()))
    if not emails:
        return {}
    for name, model in (("contact", Contact), ("lead", Lead)):
        known: dict[str, Any] = {}
        for record in model.objects.visible_to(user).filter(email__in=emails).order_by("-pk"):
            known[record.email.lower()] = record
        first = next((known[email] for email in emails if email in known), None)
        if first is not None:
            return {name: first}
    return {}
