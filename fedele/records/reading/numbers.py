"""Numbers, dates and yes or no as a file writes them. How it does is said once for the whole file, never guessed here.

An empty cell is None; what cannot be read raises ValidationError with a sentence for the user.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

_CURRENCY = re.compile(r"^(?:EUR|USD|GBP|CHF|[€$£])|(?:EUR|USD|GBP|CHF|[€$£%])$", re.IGNORECASE)
_PLAIN = re.compile(r"[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30}")
_GROUPED = {
    ",": re.compile(r"[0-9]{1,3}(?:([.'’ ])[0-9]{3})(?:\1[0-9]{3})*(?:,[0-9]*)?"),
    ".": re.compile(r"[0-9]{1,3}(?:([,'’ ])[0-9]{3})(?:\1[0-9]{3})*(?:\.[0-9]*)?"),
}
_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_DATE = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_NAMED = re.compile(r"([0-9]{1,2})(?:º|°|st|nd|rd|th)?[-/. ]+([^\W\d_]{3,9})[-/.,]*[-/. ]+([0-9]{4}|[0-9]{2})")
_TIME = re.compile(
    r"[ T]+([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2})(?:[.,][0-9]+)?)? *([AaPp][Mm])?(Z|[+-][0-9]{2}:?[0-9]{2})?$"
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        "gen jan|feb|mar|apr|mag may|giu jun|lug jul|ago aug|set sep|ott oct|nov|dic dec".split("|"), start=1
    )
    for name in names.split()
}
_YES = frozenset(
    ["sì", "si", "sí", "s", "yes", "y", "vero", "true", "t", "v", "x", "1", "on", "ok", "✓", "✔", "si'", "si’"]
)
_NO = frozenset(["no", "n", "falso", "false", "f", "0", "off", "-"])


def parse_decimal(value: Any, decimal: str = ",") -> Decimal | None:
    """`1.234,56` with decimal="," or `1,234.56` with "."; currency and percent signs are left out."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return Decimal(str(value))
    text = str(value or "").strip().replace("\u00a0", " ").replace("\u202f", " ").replace("−", "-")
    if not text:
        return None
    text, negative = _sign(_CURRENCY.sub("", text).strip())
    text = _CURRENCY.sub("", text).strip()
    if _GROUPED[decimal].fullmatch(text):
        text = re.sub(r"[^0-9,]" if decimal == "," else r"[^0-9.]", "", text)
    if decimal == "," and "." not in text:
        text = text.replace(",", ".")
    elif decimal == ",":
        raise _no_number(value, decimal)
    if not _PLAIN.fullmatch(text):
        raise _no_number(value, decimal)
    number = Decimal(text)
    return -number if negative else number


def parse_date(value: Any, order: str = "dmy") -> dt.date | None:
    """A date written in the file's `order` («dmy», «mdy», «ymd»), in ISO form, or with the month's name."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = str(value or "").strip()
    if not text:
        return None
    try:
        return _date(_TIME.sub("", text), order)
    except (ValueError, KeyError):
        raise ValidationError(
            _("“%(value)s” is not a date such as %(example)s."),
            code="date",
            params={"value": text[:40], "example": {"dmy": "31/12/2026", "mdy": "12/31/2026"}.get(order, "2026-12-31")},
        ) from None


def parse_datetime(value: Any, order: str = "dmy") -> dt.datetime | None:
    """A date with or without a time; without a zone it is of the current time zone."""
    if isinstance(value, dt.datetime):
        return value if timezone.is_aware(value) else timezone.make_aware(value)
    day = parse_date(value, order)
    if day is None:
        return None
    match = _TIME.search(str(value).strip())
    hour, minute, second, half, zone = match.groups() if match else ("0", "0", None, None, None)
    hours = int(hour) % 12 + 12 * (half.lower() == "pm") if half else int(hour)
    try:
        at = dt.datetime.combine(day, dt.time(hours, int(minute), int(second or 0)))
        return dt.datetime.fromisoformat(f"{at.isoformat()}{zone}") if zone else timezone.make_aware(at)
    except ValueError:
        raise ValidationError(
            _("“%(value)s” is not a date with a time."), code="date", params={"value": str(value)[:40]}
        ) from None


def parse_boolean(value: Any) -> bool | None:
    """sì/no, yes/no, vero/falso, true/false, 1/0, x; an empty cell is None."""
    if isinstance(value, bool):
        return value
    text = str(value if value is not None else "").strip().lower()
    if not text:
        return None
    if text in _YES or text in _NO:
        return text in _YES
    raise ValidationError(_("“%(value)s” is neither yes nor no."), code="boolean", params={"value": text[:40]})


def _sign(text: str) -> tuple[str, bool]:
    """The text without its sign, which may stand on either side, or be the accountants' brackets."""
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), True
    if text[:1] in ("+", "-"):
        return text[1:].strip(), text[0] == "-"
    return (text[:-1].strip(), True) if text.endswith("-") else (text, False)


def _no_number(value: Any, decimal: str) -> ValidationError:
    return ValidationError(
        _("“%(value)s” is not a number such as %(example)s."),
        code="number",
        params={"value": str(value)[:40], "example": "1.234,56" if decimal == "," else "1,234.56"},
    )


def _date(text: str, order: str) -> dt.date:
    if match := _ISO.fullmatch(text):
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DATE.fullmatch(text):
        return _ordered(match.groups(), order)
    if match := _COMPACT.fullmatch(text):
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    if match := _NAMED.fullmatch(text):
        return dt.date(_year(match[3]), _MONTHS[match[2][:3].lower()], int(match[1]))
    raise ValueError(text)


def _ordered(parts: tuple[str, ...], order: str) -> dt.date:
    first, second, third = parts
    if order == "ymd" and len(third) == 2:
        return dt.date(_year(first.zfill(2)), int(second), int(third))
    if order == "mdy":
        first, second = second, first
    return dt.date(_year(third), int(second), int(first))


def _year(text: str) -> int:
    """Two digits: 69 to 99 are of the last century, as in spreadsheets and POSIX."""
    year = int(text)
    return year if len(text) == 4 else year + (1900 if year >= 69 else 2000)
