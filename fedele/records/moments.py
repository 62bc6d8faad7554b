"""Days and periods as filters name them. A day is one of the company's time zone."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PERIODS: dict[str, Any] = {
    "today": _("today"),
    "yesterday": _("yesterday"),
    "tomorrow": _("tomorrow"),
    "week": _("this week"),
    "last_week": _("last week"),
    "next_week": _("next week"),
    "month": _("this month"),
    "last_month": _("last month"),
    "next_month": _("next month"),
    "quarter": _("this quarter"),
    "last_quarter": _("last quarter"),
    "next_quarter": _("next quarter"),
    "year": _("this year"),
    "last_year": _("last year"),
    "next_year": _("next year"),
}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


#: Years a filter may name: beyond them there is no day before or after to compare with.
EARLIEST, LATEST = 1000, 2999


def period(name: str, today: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of a named period, both included."""
    shift = (
        -1
        if name.startswith("last_") or name == "yesterday"
        else 1
        if name.startswith("next_") or name == "tomorrow"
        else 0
    )
    unit = name.removeprefix("last_").removeprefix("next_")
    if unit in ("today", "yesterday", "tomorrow"):
        day = today + dt.timedelta(days=shift)
        return day, day
    if unit == "week":
        monday = today - dt.timedelta(days=today.weekday()) + dt.timedelta(weeks=shift)
        return monday, monday + dt.timedelta(days=6)
    length = _MONTHS[unit]
    first = (today.month - 1) // length * length + shift * length
    start_year, start_month = today.year + first // 12, first % 12
    end_year, end_month = start_year + (start_month + length - 1) // 12, (start_month + length - 1) % 12
    last_day = calendar.monthrange(end_year, end_month + 1)[1]
    return dt.date(start_year, start_month + 1, 1), dt.date(end_year, end_month + 1, last_day)


def day_of(text: str, today: dt.date) -> dt.date:
    """A date as ISO, or a word: today, tomorrow, yesterday. ValueError for anything else."""
    words = {"today": 0, "tomorrow": 1, "yesterday": -1}
    if text in words:
        return today + dt.timedelta(days=words[text])
    day = dt.date.fromisoformat(text[:10])
    if not EARLIEST <= day.year <= LATEST:
        raise ValueError(text)
    return day


def moment_of(day: dt.date | None) -> dt.datetime | None:
    """The beginning of a day in the company's time zone."""
    if day is None:
        return None
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
