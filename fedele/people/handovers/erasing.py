"""A briefing is a copy of what was known: when a person is erased, what it says of them goes too."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from fedele.people.handovers.models import Item
from fedele.people.privacy.erasing import before_erasing


@before_erasing
def forget_in_briefings(person: Any) -> int:
    """Names and briefings of the person's records, and the briefings of companies that name them as somebody to speak to."""
    own, companies = Q(pk__in=[]), []
    for record in person.records:
        own |= Q(record_type=record.record_type, record_id=record.pk)
        companies += [key for key in (getattr(record, "company_id", None),) if key]
    told = Item.objects.filter(record_type="company", record_id__in=companies).update(briefing=[])
    return told + Item.objects.filter(own).update(title="–", place="", briefing=[])
