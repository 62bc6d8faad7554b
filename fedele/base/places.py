"""Where a row stands in a list that is read newest first, as it is written into the address of the next page."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.dateparse import parse_datetime


def place_of(at: dt.datetime, key: int) -> str:
    """The moment of the row, and its key, for those of one moment."""
    return f"{at.isoformat()}_{key}"


def place_in(address: str) -> tuple[dt.datetime, int] | None:
    """What `place_of` wrote; None for anything else."""
    at, _under, key = address.rpartition("_")
    try:
        # A plus is a space by the time it comes back.
        moment = parse_datetime(at.replace(" ", "+"))
    except ValueError:
        return None
    if moment is None or timezone.is_naive(moment) or not (key.isascii() and key.isdecimal()) or len(key) > 18:
        return None
    return moment, int(key)
