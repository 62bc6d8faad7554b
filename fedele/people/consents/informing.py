"""Who came from somebody else has to be told, within a month, who has the data and where it comes from (GDPR, art. 14)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

#: A month, as the law has it; the shortest one has 28 days.
DAYS = 28
#: How many days before, those who look after consents are told.
AHEAD = 7


def due_on(record: Any) -> dt.date | None:
    """Until when this person has to be told; None for who gave the data themselves, or knows already."""
    if record.informed_on is not None or getattr(record, "source", "") != "list":
        return None
    return timezone.localdate(record.created_at) + dt.timedelta(days=DAYS)


def to_tell(leads: Any) -> Any:
    """Leads of a QuerySet that came with a list and have not been told."""
    return leads.filter(source="list", informed_on=None)


def soon_due(leads: Any) -> Any:
    """Those whose month ends within a week, or has ended."""
    return to_tell(leads).filter(created_at__lt=timezone.now() - dt.timedelta(days=DAYS - AHEAD))
