"""A cell of a file as the value of a field. One function a column, chosen before the first row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from fedele.records.exchange.mapping import fold
from fedele.records.fields import RecordField
from fedele.records.reading import parse_boolean, parse_date, parse_datetime, parse_decimal

Parser = Callable[[str], Any]


def parser_for(field: RecordField, *, decimal: str, date_order: str) -> Parser:
    """Turns a non-empty cell into a value; ValidationError says what is wrong. Relations are resolved elsewhere."""
    parse = _by_kind(field, decimal, date_order)
    if field.is_custom:
        return lambda cell: field.clean(parse(cell))
    return _checked(field, parse)


def _by_kind(field: RecordField, decimal: str, date_order: str) -> Parser:
    match field.kind:
        case "number" | "percent":
            return lambda cell: _whole(parse_decimal(cell, decimal))
        case "money":
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
            return lambda cell: [part.strip() for part in cell.replace(";", ",").split(",") if part.strip()]
    return str


def _whole(number: Any) -> Any:
    if number is not None and number != number.to_integral_value():
        raise ValidationError(_("Write a whole number."))
    return None if number is None else int(number)


def _choice(field: RecordField) -> Parser:
    """A choice by its key or by its words in either language."""
    from django.utils import translation

    known: dict[str, Any] = {}
    for language in ("en", "it"):
        with translation.override(language):
            known.update({fold(str(label)): value for value, label in field.choices})
    known.update({fold(str(value)): value for value, _label in field.choices})

    def parse(cell: str) -> Any:
        found = known.get(fold(cell))
        if found is None:
            raise ValidationError(_("“%(value)s” is not one of the choices.") % {"value": cell[:60]})
        return found

    return parse


def _checked(field: RecordField, parse: Parser) -> Parser:
    """With the field's own checks. A plain text needs only its length looked at, which is what most columns are."""
    model_field: models.Field = field.field
    longest = getattr(model_field, "max_length", None)
    if type(model_field) in (models.CharField, models.TextField) and not field.choices:

        def text(cell: str) -> str:
            if longest and len(cell) > longest:
                raise ValidationError(_("This is too long: at most %(most)s characters.") % {"most": longest})
            return cell

        return text
    if field.kind in ("choice", "yesno"):
        return parse
    return lambda cell: model_field.clean(parse(cell), None)
