"""A rule read once and asked of many records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from fedele.people.assignment.models import Rule
from fedele.people.assignment.places import area_of, is_within, read_postcodes, words_of_provinces
from fedele.records.fields import fields_of
from fedele.records.filtering import BadFilter, Condition, parse, words_of
from fedele.records.holding import holds
from fedele.records.registry import registry


@dataclass(frozen=True)
class Reading:
    """What a rule asks. With a condition on a field that is gone it holds of nothing, rather than of everything."""

    rule: Rule
    conditions: tuple[Condition, ...]
    provinces: frozenset[str]
    postcodes: tuple[tuple[int, int], ...]
    broken: str = ""

    def holds_of(self, record: Any) -> bool:
        if self.broken:
            return False
        if self.provinces and area_of(record) not in self.provinces:
            return False
        if self.postcodes and not (record.country in ("IT", "") and is_within(record.postcode or "", self.postcodes)):
            return False
        try:
            return all(holds(condition, record) for condition in self.conditions)
        except BadFilter:
            return False


def reading_of(rule: Rule) -> Reading:
    fields = fields_of(registry.by_key(rule.record_type))
    conditions, broken = [], ""
    for text in QueryDict(rule.query).getlist("f"):
        try:
            conditions.append(parse(text, fields))
        except BadFilter as error:
            broken = str(error.message)
    try:
        postcodes = read_postcodes(rule.postcodes)
    except ValidationError as error:
        postcodes, broken = [], str(error.message)
    return Reading(rule, tuple(conditions), frozenset(rule.provinces or ()), tuple(postcodes), broken)


def words_of_rule(reading: Reading, user: Any) -> list[str]:
    """Each thing a rule asks, as a reader says it."""
    said = [words_of_provinces(reading.provinces)] if reading.provinces else []
    said += [reading.rule.postcodes] if reading.postcodes else []
    for condition in reading.conditions:
        words = words_of(condition, user)
        said.append(" ".join(part for part in (words["field"], words["operator"], words["value"]) if part))
    return said
