"""Values of records as JSON, and JSON as values: the same rules as the form's, without its words for people."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from fedele.base.plain import plain
from fedele.records.declare import RecordType
from fedele.records.fields import RecordField, fields_of
from fedele.records.listing.bulk import related_value


def as_json(record_type: RecordType, record: Any, fields: dict[str, RecordField]) -> dict[str, Any]:
    """A record with all the fields its reader may see; relations as ids."""
    values: dict[str, Any] = {
        "id": record.pk,
        "number": record.number,
        "version": record.version,
        "title": str(record),
        "url": record_type.url(record.pk),
        "trashed": record.trashed_at is not None,
    }
    custom: dict[str, Any] = {}
    for name, field in fields.items():
        if field.is_custom:
            custom[name.partition(".")[2]] = (record.custom or {}).get(name.partition(".")[2])
        elif name not in values:
            values[name] = plain(getattr(record, field.path))
    values["custom"] = custom
    return values


def put(record_type: RecordType, record: Any, given: dict[str, Any], user: Any) -> dict[str, list[str]]:
    """Puts given JSON values into a record; returns what is wrong, by field."""
    fields, problems, values = fields_of(record_type, user), {}, {}
    named = {**{f"custom.{key}": value for key, value in (given.get("custom") or {}).items()}, **given}
    for name, value in named.items():
        if name in ("custom", "version"):
            continue
        field = fields.get(name)
        if field is None or not field.editable:
            problems[name] = [_("There is no such field, or it cannot be written.")]
            continue
        try:
            values[name] = value_of(field, value, user)
        except ValidationError as error:
            problems[name] = list(error.messages)
    record.put(values)
    return problems


def value_of(field: RecordField, value: Any, user: Any) -> Any:
    _check_characters(value)
    if field.is_custom:
        return field.clean(value)
    if field.is_relation:
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise ValidationError(_("Give the number of a record (its id)."))
        return related_value(field, value, user)
    if value is None or value == "":
        if field.required:
            raise ValidationError(_("This field is needed."))
        return None if field.field.null else field.field.get_default() if not field.field.empty_strings_allowed else ""
    return _typed(field, value)


def _typed(field: RecordField, value: Any) -> Any:
    model_field = field.field
    if isinstance(model_field, models.BooleanField):
        if not isinstance(value, bool):
            raise ValidationError(_("Give true or false."))
        return value
    if field.is_numeric:
        return _number(model_field, value)
    if not isinstance(value, str):
        raise ValidationError(_("Give a text."))
    if isinstance(model_field, models.DateTimeField):
        return _moment(value)
    if isinstance(model_field, models.DateField):
        return _day(value)
    return value


def _number(model_field: models.Field, value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise ValidationError(_("Give a number."))
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise ValidationError(_("Give a number.")) from None
    if not number.is_finite() or abs(number) >= Decimal(10) ** 12:
        raise ValidationError(_("This number is too large."))
    if isinstance(model_field, models.IntegerField):
        if number != number.to_integral_value():
            raise ValidationError(_("Write a whole number."))
        return int(number)
    return number


def _day(value: str) -> dt.date:
    try:
        day = parse_date(value)
    except ValueError:
        day = None
    if day is None:
        raise ValidationError(_("Give a date as 2026-11-21."))
    return day


def _moment(value: str) -> dt.datetime:
    try:
        moment = parse_datetime(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValidationError(_("Give a date and time with its time zone, as 2026-11-21T10:30:00Z."))
    return moment


def _check_characters(value: Any) -> None:
    """PostgreSQL keeps neither NUL nor half a character, SQLite would: refused on both, however deep they lie."""
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= one <= "\udfff" for one in value):
            raise ValidationError(_("This contains a character that cannot be stored."))
    elif isinstance(value, list):
        for one in value:
            _check_characters(one)
    elif isinstance(value, dict):
        _check_characters([*value.keys(), *value.values()])
