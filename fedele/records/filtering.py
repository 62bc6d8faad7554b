"""The filter language: the same in lists, boards, saved views, bulk changes, exports and the API.

A condition is `field.operator:values`, as in `stage.in:3,4` or `amount.gt:10000`. In an address each stands in a
parameter `f`; all must hold. A parameter `any` holds several, joined by `|`, of which one must hold.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.records.fields import RecordField
from fedele.records.moments import PERIODS, day_of, moment_of, period

#: Operators by kind of field, with their words; the order is that of the drop-down.
TEXT_OPERATORS = {
    "has": _("contains"),
    "is": _("is"),
    "not": _("is not"),
    "starts": _("starts with"),
    "empty": _("is empty"),
    "filled": _("is filled in"),
}
CHOICE_OPERATORS = {"in": _("is"), "not_in": _("is not"), "empty": _("is empty"), "filled": _("is filled in")}
NUMBER_OPERATORS = {
    "gt": _("over"),
    "lt": _("under"),
    "is": _("equals"),
    "between": _("between"),
    "empty": _("is empty"),
    "filled": _("is filled in"),
}
DATE_OPERATORS = {
    "in_period": _("in"),
    "last": _("in the last days"),
    "next": _("in the next days"),
    "older": _("more days ago than"),
    "on": _("on"),
    "before": _("before"),
    "after": _("after"),
    "between": _("between"),
    "empty": _("is empty"),
    "filled": _("is filled in"),
}
YESNO_OPERATORS = {"is": _("is")}
MULTI_OPERATORS = {"has": _("contains"), "empty": _("is empty"), "filled": _("is filled in")}

OPERATORS: dict[str, dict[str, Any]] = {
    "choice": CHOICE_OPERATORS,
    "relation": CHOICE_OPERATORS,
    "user": CHOICE_OPERATORS,
    "number": NUMBER_OPERATORS,
    "percent": NUMBER_OPERATORS,
    "money": NUMBER_OPERATORS,
    "date": DATE_OPERATORS,
    "datetime": DATE_OPERATORS,
    "yesno": YESNO_OPERATORS,
    "multi": MULTI_OPERATORS,
}
#: Operators that take no value.
BARE = frozenset({"empty", "filled"})
MOST_VALUES = 200
#: Characters of one value: no field that is compared holds more worth comparing, and databases refuse long patterns.
LONGEST_VALUE = 500
MOST_CONDITIONS = 30


def operators_of(field: RecordField) -> dict[str, Any]:
    return OPERATORS.get(field.kind, TEXT_OPERATORS)


class BadFilter(ValidationError):
    """A condition that names no field, no operator or no proper value; the message is for the user."""


@dataclass(frozen=True)
class Condition:
    field: RecordField
    operator: str
    values: tuple[str, ...] = ()

    def __str__(self) -> str:
        """As it stands in an address."""
        escaped = (value.replace("\\", "\\\\").replace(",", "\\,").replace("|", "\\p") for value in self.values)
        return f"{self.field.name}.{self.operator}" + (f":{','.join(escaped)}" if self.values else "")


@dataclass(frozen=True)
class Unknown:
    """A condition on a field that is gone; shown struck through, and without effect."""

    text: str
    why: Any


def parse(text: str, fields: dict[str, RecordField]) -> Condition:
    head, colon, tail = text.partition(":")
    name, _dot, operator = head.rpartition(".")
    field = fields.get(name)
    if field is None:
        raise BadFilter(_("There is no field “%(name)s”.") % {"name": name or head})
    if operator not in operators_of(field):
        raise BadFilter(_("“%(field)s” cannot be compared that way.") % {"field": field.label})
    values = tuple(_split(tail)) if colon else ()
    if len(values) > MOST_VALUES:
        raise BadFilter(_("A filter takes at most %(most)s values.") % {"most": MOST_VALUES})
    if any(len(value) > LONGEST_VALUE for value in values):
        raise BadFilter(_("A value to compare with has at most %(most)s characters.") % {"most": LONGEST_VALUE})
    if operator not in BARE and not any(values):
        raise BadFilter(_("“%(field)s” needs a value to compare with.") % {"field": field.label})
    return Condition(field, operator, values)


def _split(tail: str) -> list[str]:
    parts, now, characters = [], "", iter(tail.replace("\x00", ""))
    for character in characters:
        if character == "\\":
            after = next(characters, "")
            now += "|" if after == "p" else after
        elif character == ",":
            parts.append(now)
            now = ""
        else:
            now += character
    return [*parts, now]


def parse_group(text: str, fields: dict[str, RecordField]) -> tuple[Condition, ...]:
    return tuple(parse(part, fields) for part in text.split("|") if part)


# --- as a query -----------------------------------------------------------------------------------------------------


def condition_q(condition: Condition, user: Any) -> Q:
    """The condition as a Django Q. Values are checked here: BadFilter for a word where a number is meant."""
    field, operator = condition.field, condition.operator
    if operator in BARE:
        q = _empty_q(field)
        return q if operator == "empty" else ~q
    if field.kind in ("date", "datetime"):
        return _date_q(field, operator, condition.values)
    if field.is_numeric:
        return _number_q(field, operator, condition.values)
    if field.kind == "yesno":
        wanted = condition.values[0].lower() in ("true", "1", "yes", "sì", "on")
        return Q(**{field.path: wanted}) if wanted or not field.is_custom else _unless(field, Q(**{field.path: True}))
    if field.kind == "multi":
        return _multi_q(field, condition.values[0])
    if "in" in operators_of(field):
        return _choice_q(field, operator, condition.values, user)
    return _text_q(field, operator, condition.values[0])


def _empty_q(field: RecordField) -> Q:
    nothing = Q(**{f"{field.path}__isnull": True})
    if field.is_custom:
        return nothing | Q(**{field.path: None}) | Q(**{field.path: ""})
    if isinstance(field.field, models.CharField | models.TextField):
        nothing |= Q(**{field.path: ""})
    return nothing


def _multi_q(field: RecordField, value: str) -> Q:
    """One of several choices, whole: "red" is not "dark red". SQLite reads the list as the text it is stored as."""
    if connection.vendor == "postgresql":
        return Q(**{f"{field.path}__contains": [value]})
    return Q(**{f"{field.path}__icontains": json.dumps(value)})


def _unless(field: RecordField, q: Q) -> Q:
    """Where `q` does not hold, also for want of a value: inside of JSON a database knows neither yes nor no of nothing."""
    return ~q | Q(**{f"{field.path}__isnull": True}) if field.is_custom else ~q


def _text_q(field: RecordField, operator: str, value: str) -> Q:
    match operator:
        case "is":
            return Q(**{f"{field.path}__iexact": value})
        case "not":
            return _unless(field, Q(**{f"{field.path}__iexact": value}))
        case "starts":
            return Q(**{f"{field.path}__istartswith": value})
    return Q(**{f"{field.path}__icontains": value})


def _choice_q(field: RecordField, operator: str, values: tuple[str, ...], user: Any) -> Q:
    keys: list[Any] = list(values)
    if field.is_relation:
        keys = []
        for value in values:
            if value == "me" and field.kind == "user":
                keys.append(user.pk)
            elif value == "team" and field.kind == "user" and user.team_id:
                keys += list(type(user).objects.filter(team_id=user.team_id).values_list("pk", flat=True)[:MOST_VALUES])
            elif value.isdecimal() and len(value) < 19:
                keys.append(int(value))
            elif value != "none":
                raise BadFilter(_("“%(value)s” is not one of the choices.") % {"value": value})
    q = Q(**{f"{field.path}__in": keys}) if keys else Q(pk__in=[])
    if "none" in values:
        q |= _empty_q(field)
    return q if operator == "in" else _unless(field, q)


def _number_q(field: RecordField, operator: str, values: tuple[str, ...]) -> Q:
    numbers = [_number(value) for value in values if value]
    if field.is_custom or isinstance(field.field, models.IntegerField):
        # Of a fraction compared with whole numbers Django rounds only a float the right way.
        numbers = [int(number) if number == number.to_integral_value() else float(number) for number in numbers]
    if operator == "between" and len(numbers) >= 2:
        return Q(**{f"{field.path}__gte": min(numbers[:2]), f"{field.path}__lte": max(numbers[:2])})
    suffix = {"gt": "__gt", "lt": "__lt"}.get(operator, "")
    if operator == "between" or not numbers:
        raise BadFilter(_("“between” needs two numbers."))
    if not suffix and isinstance(field.field, models.IntegerField) and isinstance(numbers[0], float):
        return Q(pk__in=[])
    return Q(**{f"{field.path}{suffix}": numbers[0]})


def _number(value: str) -> Any:
    from decimal import Decimal, InvalidOperation

    try:
        number = Decimal(value.replace(" ", ""))
    except InvalidOperation:
        raise BadFilter(_("“%(value)s” is not a number.") % {"value": value}) from None
    if not number.is_finite() or abs(number) > Decimal(10) ** 15:
        raise BadFilter(_("“%(value)s” is not a number.") % {"value": value})
    return number


def _date_q(field: RecordField, operator: str, values: tuple[str, ...]) -> Q:
    """Days are those of the company: a datetime field is compared with the beginning of the local day."""
    first, last = _days(operator, values)
    if field.kind == "datetime" and not field.is_custom:
        first, last = moment_of(first), moment_of(last + dt.timedelta(days=1)) if last else None
        upper = "__lt"
    else:
        upper = "__lte"
        if field.is_custom:
            first, last = first and first.isoformat(), last and last.isoformat()
    q = Q()
    if first is not None:
        q &= Q(**{f"{field.path}__gte": first})
    if last is not None:
        q &= Q(**{f"{field.path}{upper}": last})
    return q


def _days(operator: str, values: tuple[str, ...]) -> tuple[Any, Any]:
    today, one = timezone.localdate(), dt.timedelta(days=1)
    if operator == "in_period":
        if values[0] not in PERIODS:
            raise BadFilter(_("“%(value)s” is no period.") % {"value": values[0]})
        return period(values[0], today)
    if operator in ("last", "next", "older"):
        days = int(values[0]) if values[0].isdecimal() and len(values[0]) < 6 else -1
        if days < 0:
            raise BadFilter(_("“%(value)s” is not a number of days.") % {"value": values[0]})
        span = dt.timedelta(days=days)
        return {"last": (today - span, today), "next": (today, today + span), "older": (None, today - span - one)}[
            operator
        ]
    try:
        days_given = [day_of(value, today) for value in values if value]
    except ValueError:
        raise BadFilter(_("“%(value)s” is not a date.") % {"value": ", ".join(values)}) from None
    if operator == "between" and len(days_given) < 2:
        raise BadFilter(_("“between” needs two dates."))
    return {
        "on": (days_given[0], days_given[0]),
        "before": (None, days_given[0] - one),
        "after": (days_given[0] + one, None),
        "between": (min(days_given[:2]), max(days_given[:2])),
    }[operator]


# --- as words -------------------------------------------------------------------------------------------------------


def words_of(condition: Condition, user: Any) -> dict[str, str]:
    """{"field", "operator", "value"}: the condition as a reader says it, names instead of ids."""
    return {
        "field": str(condition.field.label),
        "operator": str(operators_of(condition.field)[condition.operator]),
        "value": ", ".join(_value_words(condition, user)),
    }


def _value_words(condition: Condition, user: Any) -> list[str]:
    field, values = condition.field, condition.values
    if field.kind in ("date", "datetime"):
        # Also of single days: “before today”.
        return [str(PERIODS[value]) if value in PERIODS else value for value in values]
    if field.kind == "yesno":
        return [str(_("yes") if values[0].lower() in ("true", "1", "yes", "on") else _("no"))]
    if field.is_relation:
        special = {"me": _("me"), "team": _("my team"), "none": _("nobody") if field.kind == "user" else _("none")}
        ids = [int(value) for value in values if value.isdecimal() and len(value) < 19]
        known = field.target.objects.filter(pk__in=ids)
        if hasattr(field.target, "record_type"):
            known = known.visible_to(user)
        names = {str(row.pk): str(row) for row in known}
        return [str(special[value]) if value in special else names.get(value, "?") for value in values]
    if field.choices:
        return [str(_("nothing")) if value == "none" else field.label_of(value) for value in values]
    return list(values)


def with_values(condition: Condition, values: tuple[str, ...]) -> Condition:
    return replace(condition, values=values)
