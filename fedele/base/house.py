"""The company that runs this installation, as every page needs to know it. Kept in setup, read from here."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
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


def house() -> House:
    found: House = caches["process"].get_or_set("house", _read, AGE)
    return found


def forget_house(**_kwargs: object) -> None:
    caches["process"].delete("house")


def _read() -> House:
    try:
        row = apps.get_model("setup", "Company").objects.values("name", "language", "currency", "fiscal_year_start").first()
    except DatabaseError:
        return House()
    return House(**row) if row else House()
