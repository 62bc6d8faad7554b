"""What can be said of a customer, and how a saying is read as a figure."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from django.db import models
from django.utils.translation import gettext_lazy as _

from fedele.people.companies.profile import Level


class FactKind(models.TextChoices):
    NEED = "need", _("need")
    HABIT = "habit", _("habit")
    POTENTIAL = "potential", _("potential a year")
    SHARE = "share", _("our share of what it spends")
    TECHNOLOGY = "technology", _("readiness for technology")
    CHANNEL = "channel", _("preferred channel")
    QUALITY = "quality", _("quality perceived")
    READINESS = "readiness", _("willingness to extend")
    SATISFACTION = "satisfaction", _("satisfaction")


class Source(models.TextChoices):
    VISIT = "visit", _("visit")
    CALL = "call", _("phone call")
    MAIL = "mail", _("e-mail")
    SURVEY = "survey", _("survey")
    TICKET = "ticket", _("ticket")
    EVENT = "event", _("event")
    OTHER = "other", _("other")


#: Marks from 1 to 5.
MARKS = (FactKind.QUALITY, FactKind.SATISFACTION)
#: Low, medium, high: kept as 1, 2, 3.
LEVELS = (FactKind.TECHNOLOGY, FactKind.READINESS)
LEVEL_VALUES = {Level.LOW: 1, Level.MEDIUM: 2, Level.HIGH: 3}
_LEVEL_WORDS = {
    "low": Level.LOW, "poor": Level.LOW, "little": Level.LOW, "none": Level.LOW,
    "bass": Level.LOW, "scars": Level.LOW, "poc": Level.LOW, "null": Level.LOW,
    "medium": Level.MEDIUM, "fair": Level.MEDIUM, "medi": Level.MEDIUM, "discret": Level.MEDIUM,
    "high": Level.HIGH, "great": Level.HIGH, "good": Level.HIGH, "alt": Level.HIGH, "buon": Level.HIGH, "ottim": Level.HIGH,
}  # fmt: skip
_NUMBER = re.compile(r"(?<![\w.,])\d[\d.,]*(?![\w])")
_FRACTION = re.compile(r"(?<!\d)(\d{1,2}(?:[.,]\d)?)\s*/\s*(5|10)(?!\d)")


def level_of(text: str) -> Level | None:
    """«alta», «poco propensi», "high": the level a saying begins with, in either language and whatever its ending."""
    words = re.findall(r"[^\W\d_]+", text.casefold())[:3]
    for word in words:
        for start, level in _LEVEL_WORDS.items():
            if word == start or (
                start not in ("low", "none", "high") and re.fullmatch(rf"{start}[aeioh]{{0,3}}", word)
            ):
                return level
    return None


def value_of(kind: str, text: str) -> Decimal | None:
    """The figure in a saying: money a year, a share 0 to 100, a level 1 to 3, a mark 1 to 5. None when there is none."""
    if kind in LEVELS:
        level = level_of(text)
        return Decimal(LEVEL_VALUES[level]) if level else None
    if kind in MARKS:
        return _mark(text)
    if kind not in (FactKind.POTENTIAL, FactKind.SHARE):
        return None
    found = _NUMBER.search(text)
    number = _decimal(found.group()) if found else None
    if number is None or (kind == FactKind.SHARE and number > 100) or number >= Decimal(10) ** 12:
        return None
    return number


def _mark(text: str) -> Decimal | None:
    """«4/5», «8/10» (4), «4»; out of the scale is no mark."""
    if found := _FRACTION.search(text):
        given = _decimal(found.group(1))
        mark = None if given is None else given * 5 / int(found.group(2))
    else:
        plain = _NUMBER.search(text)
        mark = _decimal(plain.group()) if plain else None
    return mark.quantize(Decimal("0.01")) if mark is not None and 0 <= mark <= 5 else None


def _decimal(text: str) -> Decimal | None:
    """A number as Italians or English write it: the last of two signs is the decimal one; three digits behind one group."""
    text = text.rstrip(".,")
    last = max(text.rfind("."), text.rfind(","))
    if last >= 0:
        behind = len(text) - last - 1
        is_decimal = behind != 3 or (text.count(".") + text.count(",") == 1 and text.startswith("0"))
        whole = re.sub(r"[.,]", "", text[:last])
        text = f"{whole}.{text[last + 1 :]}" if is_decimal else re.sub(r"[.,]", "", text)
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
