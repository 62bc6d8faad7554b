"""Values of the company's own fields: what a form, a file or a program gives, as it is kept in a record's `custom` data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

#: JSON of either database keeps numbers below this exactly enough to be compared.
LARGEST = Decimal(10) ** 15
YES, NO = frozenset({"true", "1", "on", "yes", "sì", "si"}), frozenset({"false", "0", "off", "no"})


def clean_custom(field: Any, value: Any) -> Any:
    """The stored value; ValidationError for what a field of that kind does not take, whatever its type."""
    several = field.kind == "multi"
    if value in (None, "") or (several and value in ([], ())):
        if field.required:
            raise ValidationError(_("This field is needed."))
        return [] if several else None
    return _CLEANERS.get(field.kind, _text)(field, value)


def _text(_field: Any, value: Any) -> str:
    if not isinstance(value, str):
        raise ValidationError(_("Give a text."))
    return value


def _number(_field: Any, value: Any) -> int | float:
    try:
        if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
            raise InvalidOperation
        number = Decimal(str(value))
    except InvalidOperation:
        raise ValidationError(_("Write a number.")) from None
    if not number.is_finite() or abs(number) >= LARGEST:
        raise ValidationError(_("This number is too large."))
    return int(number) if number == number.to_integral_value() else float(number)


def _date(_field: Any, value: Any) -> str:
    day = models.DateField().to_python(value) if isinstance(value, str | dt.date) else None
    if day is None:
        raise ValidationError(_("“%(value)s” is not a date.") % {"value": str(value)[:40]})
    return str(day.isoformat())


def _yesno(_field: Any, value: Any) -> bool:
    if str(value).lower() not in YES | NO:
        raise ValidationError(_("Give true or false."))
    return str(value).lower() in YES


def _choice(field: Any, value: Any) -> str:
    return _one_of(field, [value])[0]


def _several(field: Any, value: Any) -> list[str]:
    return _one_of(
        field, value if isinstance(value, list | tuple) else [part.strip() for part in str(value).split(",")]
    )


def _one_of(field: Any, chosen: list[Any] | tuple[Any, ...]) -> list[str]:
    known = {str(key) for key, _label in field.choices}
    for one in chosen:
        if not isinstance(one, str) or one not in known:
            raise ValidationError(_("“%(value)s” is not one of the choices.") % {"value": str(one)[:60]})
    return list(chosen)


def _link(field: Any, value: Any) -> str:
    if not _text(field, value).startswith(("http://", "https://")):
        raise ValidationError(_("A link starts with https://"))
    return str(value)


_CLEANERS: dict[str, Callable[[Any, Any], Any]] = {
    "number": _number, "money": _number, "date": _date, "yesno": _yesno, "choice": _choice, "multi": _several, "url": _link,
}  # fmt: skip
