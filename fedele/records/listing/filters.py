"""The filter line: chips that read back as a sentence, quick filters, and the builder that makes a condition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fedele.records.fields import RecordField, options_of
from fedele.records.filtering import BARE, Condition, operators_of, words_of
from fedele.records.moments import PERIODS
from fedele.records.query import ListQuery


@dataclass(frozen=True)
class Chip:
    #: The parts of the sentence; a group of alternatives has several.
    words: list[dict[str, str]]
    remove_url: str
    text: str
    broken: Any = ""


def chips_of(query: ListQuery) -> list[Chip]:
    chips = [
        Chip([words_of(condition, query.user)], f"?{query.without(condition)}", str(condition))
        for condition in query.conditions
    ]
    for group in query.groups:
        rest = tuple(other for other in query.groups if other is not group)
        words = [words_of(condition, query.user) for condition in group]
        chips.append(Chip(words, f"?{query.address_with(groups=rest)}", "|".join(map(str, group))))
    address = query.address_with(unknown=())
    return chips + [Chip([], f"?{address}", unknown.text, unknown.why) for unknown in query.unknown]


@dataclass(frozen=True)
class Quick:
    """A quick filter: one field, its choices, those chosen now."""

    field: RecordField
    options: list[tuple[str, str]]
    chosen: tuple[str, ...]
    rest: list[tuple[str, str]]


def quick_filters(query: ListQuery) -> list[Quick]:
    """Only fields with few choices: drop-downs are bounded, whatever the company's size."""
    quick = []
    for name in query.record_type.listing.filters:
        field = query.fields.get(name)
        options = quick_options(field, query.user) if field else None
        if field is None or options is None:
            continue
        mine = [
            condition
            for condition in query.conditions
            if condition.field is field and condition.operator in ("in", "in_period")
        ]
        chosen = mine[0].values if mine else ()
        rest = tuple(condition for condition in query.conditions if condition not in mine)
        quick.append(Quick(field, options, chosen, _pairs(query, rest)))
    return quick


def _pairs(query: ListQuery, conditions: tuple[Condition, ...]) -> list[tuple[str, str]]:
    from dataclasses import replace

    return replace(query, conditions=conditions, after="").pairs()


def quick_options(field: RecordField, user: Any) -> list[tuple[str, str]] | None:
    if field.kind in ("date", "datetime"):
        return [(key, str(label)) for key, label in PERIODS.items()]
    if field.kind == "user":
        people = [("me", _("Me")), ("team", _("My team")), ("none", _("Nobody"))]
        return people + [(str(key), name) for key, name in options_of(field, user) or []]
    options = options_of(field, user)
    return [(str(value), label) for value, label in options] if options is not None else None


@dataclass(frozen=True)
class Builder:
    """One row of the filter builder: field, operator, and how the value is asked for."""

    fields: list[RecordField]
    field: RecordField
    operators: list[tuple[str, str]]
    operator: str
    asks: str
    options: list[tuple[str, str]]
    values: tuple[str, ...]


def builder_of(query: ListQuery, field_name: str, operator: str, values: tuple[str, ...] = ()) -> Builder:
    fields = sorted(query.fields.values(), key=lambda field: str(field.label).lower())
    first = next((name for name in query.record_type.listing.filters if name in query.fields), "")
    field = query.fields.get(field_name) or query.fields.get(first) or fields[0]
    operators = [(key, str(label)) for key, label in operators_of(field).items()]
    if operator not in dict(operators):
        operator = operators[0][0]
    options = quick_options(field, query.user) if operator in ("in", "not_in", "in_period") else None
    return Builder(fields, field, operators, operator, _asks(field, operator, options), options or [], values)


def _asks(field: RecordField, operator: str, options: list[tuple[str, str]] | None) -> str:
    if operator in BARE:
        return "nothing"
    if field.kind == "yesno":
        return "yesno"
    if options is not None:
        return "period" if operator == "in_period" else "options"
    if field.kind == "relation":
        return "pick"
    if operator == "between":
        return "two-dates" if field.kind in ("date", "datetime") else "two-numbers"
    if operator in ("last", "next", "older"):
        return "days"
    return {"date": "date", "datetime": "date"}.get(field.kind, "number" if field.is_numeric else "text")
