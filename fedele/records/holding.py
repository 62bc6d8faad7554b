"""Whether a condition holds of a record in memory, stored or not: the same answer the filter gives in the database."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from fedele.records.fields import RecordField
from fedele.records.filtering import Condition, _days, _number

YES = ("true", "1", "yes", "sì", "on")


def holds(condition: Condition, record: Any) -> bool:
    """Raises BadFilter, as the filter does, for a word where a number or a date is meant."""
    field, operator, values = condition.field, condition.operator, condition.values
    value = getattr(record, field.field.attname) if field.is_relation else field.value_of(record)
    empty = value in (None, "")
    if operator in ("empty", "filled"):
        return empty == (operator == "empty")
    if field.kind in ("date", "datetime"):
        return not empty and _within(_day(value), *_days(operator, values))
    if field.is_numeric:
        return not empty and _compares(operator, value, [_number(one) for one in values if one])
    if field.kind == "yesno":
        return bool(value) == (values[0].lower() in YES)
    if field.kind == "multi":
        return values[0] in (value or ())
    if operator in ("in", "not_in"):
        return _chosen(field, value, empty, values) == (operator == "in")
    return _says(operator, str(value or "").casefold(), values[0].casefold())


def _chosen(field: RecordField, value: Any, empty: bool, values: tuple[str, ...]) -> bool:
    return "none" in values if empty else str(value) in values


def _says(operator: str, text: str, wanted: str) -> bool:
    match operator:
        case "is":
            return text == wanted
        case "not":
            return text != wanted
        case "starts":
            return text.startswith(wanted)
    return wanted in text


def _compares(operator: str, value: Any, numbers: list[Any]) -> bool:
    number = _number(str(value))
    match operator:
        case "gt":
            return bool(number > numbers[0])
        case "lt":
            return bool(number < numbers[0])
        case "between":
            return bool(min(numbers[:2]) <= number <= max(numbers[:2]))
    return bool(number == numbers[0])


def _within(day: dt.date, first: dt.date | None, last: dt.date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def _day(value: Any) -> dt.date:
    """The local day of a date, a moment, or either as a field of the company's own keeps it."""
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value) if "T" in value else dt.date.fromisoformat(value)
    if isinstance(value, dt.datetime):
        return timezone.localdate(value) if timezone.is_aware(value) else value.date()
    return value  # type: ignore[no-any-return]
