"""Stored values as words: of a fact, of a change in the timeline, of either side of a conflict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import CharField, F, Model, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat, Trim
from django.utils.translation import gettext as _

from fedele.base.house import house
from fedele.records.declare import RecordType
from fedele.records.fields import RecordField, fields_of
from fedele.records.registry import registry
from fedele.ui.amounts import money, number
from fedele.ui.moments import date, datetime

#: A model and the id of one of its rows.
Ref = tuple[type[Model], int]


def words_of(field: RecordField, value: Any, names: Mapping[Ref, str], currency: str) -> str:
    """A stored value, plain or revived, as text. A relation that `names` does not know is one the reader may not see."""
    if value in (None, "", []):
        return ""
    if field.is_relation:
        known = value if isinstance(value, int) else getattr(value, "pk", None)
        return (
            names.get((field.target, known), "")
            if known is not None and (field.target, known) in names
            else _("not visible to you")
        )
    match field.kind:
        case "money":
            return money(_decimal(value), currency)
        case "percent":
            return f"{number(_decimal(value))}%"
        case "number":
            return number(_decimal(value))
        case "date":
            return date(_parsed(value))
        case "datetime":
            return datetime(_parsed(value))
        case "yesno":
            return _("yes") if value else _("no")
        case "choice":
            return field.label_of(value)
        case "multi":
            return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    show = getattr(field.field, "show", None)
    return str(show(value)) if show else str(value)


def _decimal(value: Any) -> Any:
    from decimal import Decimal, InvalidOperation

    try:
        return value if isinstance(value, int | Decimal) else Decimal(str(value))
    except InvalidOperation:
        return 0


def _parsed(value: Any) -> Any:
    """A day or moment out of the journal, where it lies as text."""
    from django.utils.dateparse import parse_date, parse_datetime

    if not isinstance(value, str):
        return value
    return parse_datetime(value) if "T" in value else parse_date(value)


def words_for(record_type: RecordType, user: Any) -> Callable[[str, Any], str]:
    """A function (field name, value) → words, for values whose related records are at hand."""
    fields = fields_of(record_type, user)

    def words(name: str, value: Any) -> str:
        known: dict[Ref, str] = {}
        if fields[name].is_relation and value is not None:
            known[type(value), value.pk] = str(value)
        return words_of(fields[name], value, known, house().currency)

    return words


def names_of(refs: Iterable[Ref], user: Any) -> dict[Ref, str]:
    """What the rows are called, all in one statement; records the user may not see are left out."""
    wanted: dict[type[Model], set[int]] = {}
    for model, key in refs:
        wanted.setdefault(model, set()).add(key)
    parts = [_named(model, keys, user) for model, keys in wanted.items()]
    if not parts:
        return {}
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    models = {model._meta.label_lower: model for model in wanted}
    return {(models[label], key): name for label, key, name in rows}


def _named(model: type[Model], keys: set[int], user: Any) -> QuerySet[Any, Any]:
    objects: Any = model._default_manager
    rows = objects.visible_to(user) if hasattr(model, "record_type") else objects.all()
    label = Value(model._meta.label_lower, output_field=CharField())
    rows = rows.filter(pk__in=keys).order_by().annotate(_label=label, _name=_name(model))
    return rows.values_list("_label", "pk", "_name")


def _name(model: type[Model]) -> Any:
    """The expression that names a row as its __str__ does, without loading it."""
    names = {field.name for field in model._meta.concrete_fields}
    declared = registry.get(str(model._meta.model_name))
    if declared and (own := declared.name_expression()) is not None:
        return own
    if {"first_name", "last_name"} <= names:
        other = (declared.listing.title_else if declared else "") or "email"
        whole = Trim(Concat(F("first_name"), Value(" "), F("last_name"), output_field=TextField()))
        from django.db.models import Case, When

        return Case(
            When(first_name="", last_name="", then=Cast(other, TextField())), default=whole, output_field=TextField()
        )
    title = declared.search.title if declared and declared.search else ()
    return Cast("name" if "name" in names else title[0] if len(title) == 1 and title[0] in names else "pk", TextField())
