"""The company that runs this installation, as every page needs to know it. Kept in setup, read from here."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError

#: Seconds another process may go on showing the old name.
AGE = 30


@dataclass(frozen=True)
class House:
    name: str = ""
    language: str = settings.LANGUAGE_CODE
    currency: str = settings.CURRENCY
    #: Month in which the fiscal year begins, 1 to 12.
    fiscal_year_start: int = 1
    country: str = "IT"


#: The company as it was read, and until when that is good enough.
_kept: list[tuple[float, House]] = []


def house() -> House:
    """Asked for several times a page, so it is kept in the process rather than in a cache that packs and unpacks it."""
    now = time.monotonic()
    if not _kept or _kept[0][0] < now:
        _kept[:] = [(now + AGE, _read())]
    return _kept[0][1]


def currency() -> str:
    """In which new amounts are."""
    return house().currency


def forget_house(**_kwargs: object) -> None:
    _kept.clear()


def _read() -> House:
    try:
        row = (
            apps.get_model("setup", "Company")
            .objects.values("name", "language", "currency", "fiscal_year_start", "country")
            .first()
        )
    except DatabaseError:
        return House()
    return House(**{**row, "country": row["country"] or "IT"}) if row else House()
