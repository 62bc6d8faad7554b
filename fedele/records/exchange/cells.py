"""A cell of a file as the value of a field. One function a column, chosen before the first row."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from fedele.records.exchange.mapping import fold
from fedele.records.fields import RecordField
from fedele.records.reading import parse_boolean, parse_date, parse_datetime, parse_decimal

#: From a non-empty cell, and an object with those values of the record that the field needs, to the value.
Parser = Callable[[str, Any], Any]


def parser_for(field: RecordField, *, decimal: str, date_order: str) -> Parser:
    """ValidationError says what is wrong with a cell. Relations are resolved elsewhere: related.py."""
    parse = _by_kind(field, decimal, date_order)
    if field.is_custom:
        return lambda cell, _holder: field.clean(parse(cell))
    if field.kind in ("choice", "yesno"):
        return lambda cell, _holder: parse(cell)
    if type(field.field) in (models.CharField, models.TextField):
        return _text(field.field.max_length)
    clean = field.field.clean
    if parse is str:
        return clean  # type: ignore[no-any-return]
    return lambda cell, holder: clean(parse(cell), holder)


def _by_kind(field: RecordField, decimal: str, date_order: str) -> Callable[[str], Any]:
    match field.kind:
        case "number" | "percent" if not field.is_custom:
            return lambda cell: _whole(parse_decimal(cell, decimal))
        case "money" | "number" | "percent":
            return lambda cell: parse_decimal(cell, decimal)
        case "date":
            return lambda cell: parse_date(cell, date_order)
        case "datetime":
            return lambda cell: parse_datetime(cell, date_order)
        case "yesno":
            return parse_boolean
        case "choice":
            return _choice(field)
        case "multi":
            return _several(field)
    return str


def _whole(number: Any) -> int | None:
    if number is not None and number != number.to_integral_value():
        raise ValidationError(_("Write a whole number."))
    return None if number is None else int(number)


def _text(longest: int | None) -> Parser:
    """Only the length of a plain text needs looking at, and plain texts are what most columns hold."""

    def text(cell: str, _holder: Any) -> str:
        if longest and len(cell) > longest:
            raise ValidationError(
                _("This is too long: %(found)s characters, at most %(most)s fit.")
                % {"found": len(cell), "most": longest}
            )
        return cell

    return text


def _known(field: RecordField) -> dict[str, Any]:
    """The choices by key, and by their words in either language."""
    known: dict[str, Any] = {}
    for language in ("en", "it"):
        with translation.override(language):
            known.update({fold(str(label)): value for value, label in field.choices})
    known.update({fold(str(value)): value for value, _label in field.choices})
    #: What programs write for them besides: {"FT": "invoice"}.
    known.update({fold(word): value for word, value in getattr(field.field, "words", {}).items()})
    return known


def _choice(field: RecordField) -> Callable[[str], Any]:
    known = _known(field)

    def parse(cell: str) -> Any:
        found = known.get(fold(cell))
        if found is None:
            raise ValidationError(
                _("“%(value)s” is not one of the choices: %(choices)s.")
                % {"value": cell[:60], "choices": _offer(field)}
            )
        return found

    return parse


def _offer(field: RecordField) -> str:
    labels = [str(label) for value, label in field.choices if value not in ("", None)]
    return ", ".join(labels[:12]) + (" …" if len(labels) > 12 else "")


def _several(field: RecordField) -> Callable[[str], list[Any]]:
    """Choices one after the other; one that itself contains a comma is put together again."""
    choice = _choice(field)
    known = _known(field)

    def parse(cell: str) -> list[Any]:
        parts = [part.strip() for part in re.split(r"[,;\n]", cell) if part.strip()]
        found: list[Any] = []
        while parts:
            longest = next((n for n in range(len(parts), 0, -1) if fold(" ".join(parts[:n])) in known), 1)
            found.append(choice(" ".join(parts[:longest])))
            del parts[:longest]
        return found

    return parse


def is_known(cell: str, field: RecordField) -> bool:
    """Is this cell one of the choices of the field as it stands, or a yes or no where that is what it asks for?"""
    if field.kind == "choice":
        return fold(cell) in _known(field)
    try:
        return parse_boolean(cell) is not None
    except ValidationError:
        return False
