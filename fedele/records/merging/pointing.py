"""Every column of the database that can point at a record of a type, found by looking at the models."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from fedele.base.models import Record
from fedele.records.merging.rules import is_left


@dataclass(frozen=True)
class Pointer:
    """Rows of `model` that point by `field` at records of the type `target`."""

    model: Any
    field: str
    target: Any
    #: By a pair instead of a foreign key: `record_type`, `record_id`, or `about_type`, `about_id`.
    by_pair: bool = False

    @property
    def label(self) -> str:
        return str(self.model._meta.label_lower)

    @property
    def column(self) -> str:
        return self.field if self.by_pair else str(self.model._meta.get_field(self.field).attname)

    @property
    def type_column(self) -> str:
        """Of a pair: the column that says at which type it points."""
        return f"{self.field.removesuffix('_id')}_type"

    @property
    def is_record(self) -> bool:
        return issubclass(self.model, Record) and not self.by_pair

    def rows(self, ids: list[int]) -> Any:
        """The rows that point at these records, those in the trash too."""
        pair = {self.type_column: self.target.record_type} if self.by_pair else {}
        return self.model._base_manager.filter(**pair, **{f"{self.column}__in": ids})

    def uniques(self) -> list[tuple[str, ...]]:
        """For each rule of uniqueness with this column, the other columns: two rows equal in them cannot both be moved."""
        meta = self.model._meta
        groups = [tuple(names) for names in meta.unique_together]
        groups += [tuple(one.fields) for one in meta.constraints if isinstance(one, models.UniqueConstraint)]
        groups += [(self.field,)] if meta.get_field(self.field).unique else []
        return [tuple(name for name in names if name != self.field) for names in groups if self.field in names]


@cache
def pointers_to(model: Any) -> tuple[Pointer, ...]:
    """All of them, in the order in which departments follow each other."""
    keys = [
        Pointer(one.related_model, one.field.name, model)
        for one in model._meta.get_fields(include_hidden=True)
        if one.auto_created and not one.concrete and (one.one_to_many or one.one_to_one)
    ]
    pairs = [
        Pointer(other, f"{pair}_id", model, by_pair=True)
        for other in apps.get_models()
        for pair in ("record", "about")
        if _has_pair(other, pair)
    ]
    return tuple(one for one in (*keys, *pairs) if not is_left(one.label))


def _has_pair(model: Any, pair: str) -> bool:
    names = {field.name: field for field in model._meta.concrete_fields}
    kind, key = names.get(f"{pair}_type"), names.get(f"{pair}_id")
    return isinstance(kind, models.CharField) and isinstance(key, models.IntegerField)
