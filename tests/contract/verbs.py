"""Arguments for any verb, from the form that asks for them."""

from __future__ import annotations

from typing import Any

from django import forms


def arguments(form_class: type[forms.Form], record: Any) -> dict[str, Any]:
    """What somebody would type into the dialog of a verb: a choice of each list, a text where one is asked for."""
    return {name: _answer(name, field, record) for name, field in form_class().fields.items()}


def _answer(name: str, field: forms.Field, record: Any) -> str:
    if isinstance(field, forms.ModelChoiceField):
        now = getattr(record, f"{name}_id", None)
        return str(field.queryset.exclude(pk=now).first().pk)
    if isinstance(field, forms.ChoiceField):
        return str(next(value for value, _label in field.choices if value))
    return "12" if isinstance(field, forms.IntegerField | forms.DecimalField) else "as agreed"
