"""One field of a record type as every door sees it: how it is called, shown, asked for, filtered, read from a file."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.core.cache import caches
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from fedele.records.custom import clean_custom
from fedele.records.declare import RecordType
from fedele.records.models import CustomField

#: Kinds of relation fields: shown by name, filtered by id.
RELATIONS = ("relation", "user")
#: Kinds with an order: compared, summed, ranged over.
ORDERED = ("number", "percent", "money", "date", "datetime")

ALWAYS = ("number", "owner", "team", "created_at", "updated_at")


@dataclass(frozen=True)
class RecordField:
    name: str
    label: Any
    kind: str
    #: Path for filters and values(): "stage", "company_id", "custom__colour".
    path: str
    #: Paths of what is shown: ("owner__first_name", "owner__last_name") for a relation, the field itself otherwise.
    shown: tuple[str, ...] = ()
    field: Any = None
    choices: tuple[tuple[Any, Any], ...] = ()
    required: bool = False
    editable: bool = True
    sortable: bool = False
    help_text: Any = ""
    #: Model a relation points at.
    target: Any = None

    @property
    def is_relation(self) -> bool:
        return self.kind in RELATIONS

    @property
    def is_custom(self) -> bool:
        return self.name.startswith("custom.")

    @property
    def is_numeric(self) -> bool:
        return self.kind in ("number", "percent", "money")

    def label_of(self, value: Any) -> str:
        """The words for a stored choice."""
        for known, label in self.choices:
            if str(known) == str(value):
                return str(label)
        return "" if value in (None, "") else str(value)

    def value_of(self, record: Any) -> Any:
        if self.is_custom:
            return (record.custom or {}).get(self.name.partition(".")[2])
        return getattr(record, self.name)

    def clean(self, value: Any) -> Any:
        """The stored value for what a form, a cell or an API call gives; ValidationError says what is wrong."""
        if self.is_custom:
            return clean_custom(self, value)
        if self.is_relation:
            return value
        if value in (None, ""):
            if self.required:
                raise ValidationError(_("This field is needed."))
            return (
                self.field.get_default()
                if not self.field.null and self.field.empty_strings_allowed is False
                else (None if self.field.null else self._blank())
            )
        return self.field.clean(value, None)

    def _blank(self) -> Any:
        default = self.field.get_default()
        return (
            "" if default is None else ("" if isinstance(self.field, models.CharField | models.TextField) else default)
        )


# --- from the model -------------------------------------------------------------------------------------------------

_PLAIN_KINDS: tuple[tuple[type, str], ...] = (
    (models.EmailField, "email"),
    (models.URLField, "url"),
    (models.BooleanField, "yesno"),
    (models.DateTimeField, "datetime"),
    (models.DateField, "date"),
    (models.DecimalField, "money"),
    (models.IntegerField, "number"),
    (models.TextField, "long"),
)


def kind_of(field: models.Field) -> str:
    if isinstance(field, models.ForeignKey):
        return "user" if field.related_model._meta.label_lower == "access.user" else "relation"
    if field.choices:
        return "choice"
    if declared := getattr(field, "kind", ""):
        return str(declared)
    plain = field.output_field if field.generated else field  # type: ignore[attr-defined]
    for cls, kind in _PLAIN_KINDS:
        if isinstance(plain, cls):
            return "percent" if kind == "number" and "%" in str(field.verbose_name) else kind
    return "url" if field.name == "website" else "text"


def from_model(record_type: RecordType, name: str) -> RecordField:
    model = record_type.model
    field = model._meta.get_field(name)
    kind = kind_of(field)
    relation = kind in RELATIONS
    return RecordField(
        name=name,
        label=field.verbose_name,
        kind=kind,
        path=field.attname,
        shown=tuple(f"{name}__{part}" for part in _name_fields(field.related_model)) if relation else (name,),
        field=field,
        choices=tuple(field.choices or ()) if kind == "choice" else (),
        required=not field.blank and not field.has_default() and kind != "yesno",
        editable=field.editable,
        sortable=name in sortable_names(model),
        help_text=field.help_text,
        target=field.related_model if relation else None,
    )


def _name_fields(model: Any) -> tuple[str, ...]:
    """The columns that name a record of `model` in a list: what its __str__ shows, without loading it."""
    names = {field.name for field in model._meta.concrete_fields}
    for candidates in (("name",), ("first_name", "last_name"), ("number",)):
        if names.issuperset(candidates):
            return candidates
    return ("pk",)


def sortable_names(model: Any) -> frozenset[str]:
    """Only what an index begins with can be sorted by: a list must not slow down as the company grows."""
    first = {index.fields[0].lstrip("-") for index in model._meta.indexes if index.fields}
    relations = {field.name for field in model._meta.concrete_fields if field.is_relation}
    return frozenset((first | {"number"}) - relations)


# --- all fields of a type -------------------------------------------------------------------------------------------

_CUSTOM_SECONDS = 5.0
#: Until when it holds, and the fields by record type.
_custom_cache: tuple[float, dict[str, tuple[RecordField, ...]]] = (0.0, {})


def custom_fields(key: str) -> tuple[RecordField, ...]:
    """The company's own fields. Kept for a few seconds: they change once in a while and every page needs them."""
    global _custom_cache
    if _custom_cache[0] <= time.monotonic():
        found: dict[str, tuple[RecordField, ...]] = {}
        for row in CustomField.objects.all():
            found[row.record_type] = (*found.get(row.record_type, ()), _from_custom(row))
        _custom_cache = (time.monotonic() + _CUSTOM_SECONDS, found)
    return _custom_cache[1].get(key, ())


def forget_custom_fields(**_kwargs: Any) -> None:
    global _custom_cache
    _custom_cache = (0.0, {})


def _from_custom(row: CustomField) -> RecordField:
    return RecordField(
        name=f"custom.{row.key}",
        label=row.label,
        kind=row.kind,
        path=f"custom__{row.key}",
        shown=(f"custom__{row.key}",),
        choices=tuple((choice, choice) for choice in row.choices),
        required=row.required,
        help_text=row.help_text,
    )


def fields_of(record_type: RecordType, user: Any = None) -> dict[str, RecordField]:
    """All fields a user may see, by name: those of the form, what every record has, and the company's own."""
    wanted: Iterable[str] = dict.fromkeys(
        (
            *record_type.listing.columns,
            *record_type.listing.title,
            *record_type.form.fields,
            *record_type.exchange.also,
            *record_type.exchange.told,
            *record_type.listing.filters,
            *record_type.page.badges,
            *ALWAYS,
        )
    )
    found: dict[str, RecordField] = {}
    for name in wanted:
        if name.startswith("custom."):
            continue
        found[name] = from_model_cached(record_type, name)
    for field in custom_fields(record_type.key):
        found[field.name] = field
    if user is not None and not user.rights.is_administrator:
        found = {name: field for name, field in found.items() if not user.rights.hides(record_type.key, name)}
    return found


_model_cache: dict[tuple[str, str], RecordField] = {}


def from_model_cached(record_type: RecordType, name: str) -> RecordField:
    key = (record_type.key, name)
    if key not in _model_cache:
        try:
            _model_cache[key] = from_model(record_type, name)
        except FieldDoesNotExist as error:
            raise LookupError(f"{type(record_type).__name__} names the field {name!r}, which does not exist") from error
    return _model_cache[key]


def options_of(field: RecordField, user: Any) -> list[tuple[Any, str]] | None:
    """The choices of a field, when they are few enough for a drop-down; None: ask with a search."""
    if field.kind in ("choice", "multi"):
        return [(value, str(label)) for value, label in field.choices]
    if field.target is not None and not hasattr(field.target, "record_type"):
        # Colleagues, teams, stages: few, asked for by every list and form, and changed once in a while.
        key = f"options:{field.target._meta.label_lower}"
        return cast("list[tuple[Any, str]]", caches["process"].get_or_set(key, lambda: _few(field), OPTIONS_SECONDS))
    return None


OPTIONS_SECONDS = 5


def _few(field: RecordField) -> list[tuple[Any, str]]:
    rows = field.target.objects.filter(is_active=True) if field.kind == "user" else field.target.objects.all()
    return [(row.pk, str(row)) for row in rows[:200]]
