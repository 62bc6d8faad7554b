"""What somebody typed into a field, as the value the record keeps. ValidationError says what is wrong, in their words."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from fedele.records.fields import RecordField
from fedele.records.listing.bulk import related_value
from fedele.records.registry import registry
from fedele.ui.amounts import locale

#: Before the name of a related record that is to be made with this one.
NEW = "new:"
#: Longer than any text field of the product; a custom text is limited by nothing else.
LONGEST = 20_000
LARGEST = Decimal(10) ** 12
NUMBER = re.compile(r"[+-]?[0-9]*[.,]?[0-9]*")


def typed(field: RecordField, data: QueryDict, record: Any, user: Any) -> Any:
    """The value of `field` in a posted form, of the right type but not yet checked against the rest of the record."""
    if field.kind == "multi":
        return field.clean([_text(one) for one in data.getlist(field.name)])
    raw = _text(data.get(field.name, ""))
    if field.kind == "yesno":
        return raw.lower() in ("on", "true", "1", "yes")
    if field.is_relation:
        return _related(field, raw, record, user)
    if raw == "":
        return _nothing(field)
    if field.is_numeric:
        return field.clean(read_number(raw)) if field.is_custom else _whole(field, read_number(raw))
    if field.kind == "date":
        return field.clean(_date(raw)) if field.is_custom else _date(raw)
    if field.is_custom:
        return field.clean(raw)
    if field.kind == "choice" and raw not in {str(value) for value, _label in field.choices}:
        raise ValidationError(_("“%(value)s” is not one of the choices.") % {"value": raw})
    return raw


def _text(raw: str) -> str:
    if "\x00" in raw:
        raise ValidationError(
            _("This contains a character that cannot be stored. Type it again instead of pasting it.")
        )
    if len(raw) > LONGEST:
        raise ValidationError(_("This is too long: at most %(most)s characters.") % {"most": LONGEST})
    return raw.replace("\r\n", "\n").strip()


def _nothing(field: RecordField) -> Any:
    """The value of a field left empty."""
    if field.required:
        raise ValidationError(_("This field is needed."))
    if field.is_custom or field.field.null:
        return None
    if field.field.empty_strings_allowed and field.kind != "choice":
        return ""
    if field.kind == "choice":
        if not field.field.blank:
            raise ValidationError(_("This field is needed."))
        return ""
    return field.field.get_default()


def _related(field: RecordField, raw: str, record: Any, user: Any) -> Any:
    """The chosen record. One that stands already is kept unasked, even if this user could not choose it."""
    now = getattr(record, field.field.attname)
    if raw and now is not None and raw == str(now):
        return getattr(record, field.name)
    if not raw and not field.field.null:
        if field.required or now is not None:
            raise ValidationError(_("This field is needed."))
        return None
    return (
        _named(field, raw.removeprefix(NEW).strip(), user) if raw.startswith(NEW) else related_value(field, raw, user)
    )


def _named(field: RecordField, name: str, user: Any) -> Any:
    """A new record of which only the name is known, not yet stored."""
    target = registry.get(field.target._meta.model_name)
    values = target.named(name) if target and user.rights.may("create", target.key) else None
    if not name or not values:
        raise ValidationError(_("This choice does not exist."))
    record = target.model(owner=user, team=user.team, **values)
    record.clean_fields(exclude=[one.name for one in record._meta.concrete_fields if one.name not in values])
    return record


def read_number(raw: str) -> Decimal:
    """A number with the reader's signs: 1.234,50 in Italian is 1,234.50 in English; without groups either sign will do."""
    signs = locale().number_symbols.get("latn", {})
    group, decimal = signs.get("group", ","), signs.get("decimal", ".")
    text = re.sub(r"[\s\u00a0\u202f€$£%]", "", raw)
    if decimal in text or text.count(group) > 1 or re.fullmatch(rf"[+-]?\d{{1,3}}\{group}\d{{3}}", text):
        text = text.replace(group, "").replace(decimal, ".")
    if not NUMBER.fullmatch(text):
        raise ValidationError(_("“%(value)s” is not a number.") % {"value": raw[:40]})
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise ValidationError(_("“%(value)s” is not a number.") % {"value": raw[:40]}) from None
    if abs(number) >= LARGEST:
        raise ValidationError(_("This number is too large."))
    return number


def _whole(field: RecordField, number: Decimal) -> Decimal:
    if isinstance(field.field, models.IntegerField) and number != number.to_integral_value():
        raise ValidationError(_("Write a whole number."))
    return number


def _date(raw: str) -> dt.date:
    """As the browser sends it (2026-11-21), or as people write it (21/11/2026)."""
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"):
        try:
            return dt.datetime.strptime(raw, pattern).date()  # noqa: DTZ007 (a day has no time zone)
        except ValueError:
            continue
    raise ValidationError(_("“%(value)s” is not a date.") % {"value": raw[:40]})
