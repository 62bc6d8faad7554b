"""Dates and times as the reader's language tells them, in the time zone of the installation."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any

from babel.dates import format_date
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext

from fedele.ui.amounts import locale, locale_of


@functools.cache
def _months(language: str) -> dict[int, str]:
    return {key: name.rstrip(".") for key, name in locale_of(language).months["format"]["abbreviated"].items()}


def local(value: Any) -> Any:
    return timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value


def hour_is_over(day: dt.date | None, hour: str) -> bool:
    """Is it that day, and has that hour ("09:30") passed? "" is no hour."""
    now = timezone.localtime()
    return bool(hour) and day == now.date() and hour <= f"{now:%H:%M}"


def date(value: Any) -> str:
    """21/11/2026"""
    if not value:
        return ""
    value = local(value)
    return f"{value.day:02}/{value.month:02}/{value.year}"


def datetime(value: Any) -> str:
    """21/11/2026 11:20"""
    if not value:
        return ""
    value = local(value)
    return f"{value.day:02}/{value.month:02}/{value.year} {value.hour:02}:{value.minute:02}"


def clock(value: Any) -> str:
    """11:20"""
    if not value:
        return ""
    value = local(value)
    return f"{value.hour:02}:{value.minute:02}"


def day(value: Any) -> str:
    """Saturday 21 November 2026"""
    return str(format_date(local(value), "EEEE d MMMM y", locale=locale())) if value else ""


def ago(value: Any) -> str:
    """Near days by name and with their time, others as 18 Nov, those of other years as 18 Nov 2025."""
    if not value:
        return ""
    value = local(value)
    today = timezone.localdate()
    timed = isinstance(value, dt.datetime)
    distance = ((value.date() if timed else value) - today).days
    if -1 <= distance <= 1:
        name = (gettext("today"), gettext("tomorrow"), gettext("yesterday"))[distance]
        return f"{name} {value.hour:02}:{value.minute:02}" if timed else name
    text = f"{value.day} {_months(get_language() or settings.LANGUAGE_CODE)[value.month]}"
    return text if value.year == today.year else f"{text} {value.year}"


def month(value: Any) -> str:
    """novembre 2026"""
    return str(format_date(local(value), "LLLL yyyy", locale=locale()))


def weekday(value: Any) -> str:
    """lun, mar: a day as the heading of a column."""
    return str(format_date(local(value), "EEE", locale=locale()))
