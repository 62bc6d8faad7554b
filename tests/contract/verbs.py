"""Arguments for any verb, from the form that asks for them, and a record it applies to."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from fedele.base.verbs import verb_of


def arguments(form_class: type[forms.Form], record: Any) -> dict[str, Any]:
    """What somebody would type into the dialog of a verb: a choice of each list, a text where one is asked for."""
    return {name: _answer(name, field, record) for name, field in form_class().fields.items()}


def _answer(name: str, field: forms.Field, record: Any) -> str:
    if isinstance(field, forms.ModelChoiceField):
        now = getattr(record, f"{name}_id", None)
        return str(field.queryset.exclude(pk=now).first().pk)
    if isinstance(field, forms.ChoiceField):
        return str(next(value for value, _label in field.choices if value))
    if isinstance(field, forms.DateField):
        return (timezone.localdate() + dt.timedelta(days=3)).isoformat()
    return "12" if isinstance(field, forms.IntegerField | forms.DecimalField) else "as agreed"


def bring_to(record_type: Any, record: Any, name: str) -> Any:
    """The record in a state in which the verb applies, by way of at most one other verb; None when there is no such way."""
    for first in ("", *record_type.verbs):
        with transaction.atomic():
            now = record_type.model.objects.get(pk=record.pk)
            if first and not do(record_type, now, first):
                continue
            now = record_type.model.objects.get(pk=record.pk)
            if verb_of(record_type.model, name).applies_to(now):
                return now
            transaction.set_rollback(True)
    return None


def do(record_type: Any, record: Any, name: str) -> bool:
    """Does the verb with such arguments; False when it does not apply."""
    described = verb_of(record_type.model, name)
    if not described.applies_to(record):
        return False
    form = import_string(described.form)(arguments(import_string(described.form), record)) if described.form else None
    assert form is None or form.is_valid(), form.errors
    getattr(record, name)(**(form.cleaned_data if form else {}))
    return True
