"""Near days to choose with one press, beside a field for any other day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Offer:
    """A button that sends the form with `value` for the field `name`."""

    label: str
    name: str
    value: str


def near_days(name: str) -> list[Offer]:
    today = timezone.localdate()
    days = (
        (_("Tomorrow"), today + dt.timedelta(days=1)),
        (_("Monday"), today + dt.timedelta(days=7 - today.weekday())),
        (_("In a week"), today + dt.timedelta(days=7)),
        (_("Today"), today),
    )
    return [Offer(label, name, day.isoformat()) for label, day in days]
