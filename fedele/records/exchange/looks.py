"""What the values of a column look like: e-mail addresses, VAT numbers, provinces, dates."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: Kind of a field → what its values are called, in the order they are tried.
KINDS: dict[str, Any] = {
    "email": _("e-mail addresses"),
    "vat": _("VAT numbers"),
    "tax_code": _("tax codes"),
    "iban": _("IBANs"),
    "url": _("web addresses"),
    "postcode": _("postcodes"),
    "province": _("provinces"),
    "date": _("dates"),
    "phone": _("telephone numbers"),
}
_LOOKS: dict[str, re.Pattern[str]] = {
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE),
    "vat": re.compile(r"(?:IT)?\d{11}", re.IGNORECASE),
    "tax_code": re.compile(r"[A-Z]{6}\d\d[A-Z]\d\d[A-Z]\d{3}[A-Z]|\d{11}", re.IGNORECASE),
    "iban": re.compile(r"[A-Z]{2}\d\d(?: ?[A-Z0-9]{2,4}){3,8}", re.IGNORECASE),
    "url": re.compile(r"(?:https?://|www\.)\S+|[a-z0-9-]+\.(?:it|com|eu|net|org)", re.IGNORECASE),
    "postcode": re.compile(r"\d{5}"),
    # Names of provinces are those of cities too, so only codes tell.
    "province": re.compile(r"\(?[A-Z]{2}\)?", re.IGNORECASE),
    "date": re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d\d)|\d{4}-\d\d-\d\d"),
    "phone": re.compile(r"\+?\(?\d[\d ./()-]{6,18}\d"),
}
#: Kinds whose values are told from other texts only by those who know them.
_KNOWN_ONLY = ("province",)
NEARLY_ALL = 0.8
FEWEST = 3


def looks_like(values: list[str], fields: dict[str, Any]) -> str:
    """The kind nearly all of the values look like, among those of `fields` ({kind: a field of it}); "" for none."""
    if len(values) < FEWEST:
        return ""
    if share("date", values, None) >= NEARLY_ALL:
        # Digits and strokes that are a day are no telephone number.
        return "date" if "date" in fields else ""
    for kind in KINDS:
        if kind in fields and share(kind, values, fields[kind]) >= NEARLY_ALL:
            # Eleven digits that are both: a column of tax codes has persons among them.
            if (
                kind == "vat"
                and "tax_code" in fields
                and share("tax_code", values, fields["tax_code"]) > share(kind, values, fields[kind])
            ):
                continue
            return kind
    return ""


def share(kind: str, values: list[str], field: Any) -> float:
    """How many of the values look like this kind; all, when there are too few to tell."""
    if len(values) < FEWEST:
        return 1.0
    looks = _LOOKS[kind]
    fitting = [value for value in values if looks.fullmatch(value)]
    if kind in _KNOWN_ONLY:
        fitting = [value for value in fitting if _is_taken(field, value)]
    return len(fitting) / len(values)


def _is_taken(field: Any, value: str) -> bool:
    try:
        return bool(field.field.clean(value, None))
    except ValidationError:
        return False
