"""Times of a day as people write them and as an activity keeps them: "09:30"."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


def read_time(text: str) -> dt.time | None:
    """The time somebody wrote: 9, 9:30, 9.30, 930, 21h15. Raises ValidationError for what is none, None for nothing."""
    if not text:
        return None
    found = re.fullmatch(r"(\d{1,2})(?:[:.,h]?(\d{2}))?", text.strip().lower().removesuffix("h"))
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if hour > 23 or minute > 59:
        raise ValidationError(_("Write a time as 9:30."))
    return dt.time(hour, minute)


class ClockField(models.CharField):
    """A time of day without seconds, stored as "09:30" and taken as people write it; "" for none."""

    kind = "time"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 5
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> str:
        if isinstance(value, dt.time | dt.datetime):
            return value.strftime("%H:%M")
        at = read_time(str(value or ""))
        return at.strftime("%H:%M") if at else ""


def minute_of(at: str) -> int:
    """Minutes since midnight of a time that is kept."""
    return int(at[:2]) * 60 + int(at[3:])
