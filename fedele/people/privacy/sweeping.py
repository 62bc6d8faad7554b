"""Takes a person's name and addresses out of every other text of the house: imports, decisions, briefings, notices."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.apps import apps
from django.db import models

from fedele.journal.redacting import cleaned, pattern_of
from fedele.records.registry import registry

CHUNK = 500
#: Read otherwise: the journal by its own redaction, records so that search learns of it, accounts and sessions not at all.
ELSEWHERE = frozenset({"journal", "search", "access", "setup", "base", "tasks"})
TEXTS = (models.CharField, models.TextField, models.JSONField)


def sweep(words: list[str]) -> int:
    """Returns how many rows were changed. Reads every table of ours once."""
    pattern = pattern_of(words)
    if pattern is None:
        return 0
    count = 0
    for model, fields in swept():
        changed = []
        for row in model._base_manager.filter(_naming(fields, words)).iterator(chunk_size=CHUNK):
            for one in fields:
                value = cleaned(getattr(row, one.attname), pattern)
                if isinstance(value, str) and one.max_length:
                    value = value[: one.max_length]
                setattr(row, one.attname, value)
            changed.append(row)
        # Past managers that refuse changes: erasing is the one there is.
        models.QuerySet(model).bulk_update(changed, [one.name for one in fields], batch_size=CHUNK)
        count += len(changed)
    return count


def swept() -> Iterator[tuple[type[models.Model], list[models.Field]]]:
    """Each model of ours that is no record, with its fields for words."""
    records = {record_type.model for record_type in registry}
    for model in apps.get_models():
        ours = model.__module__.startswith("fedele.") and model._meta.app_label not in ELSEWHERE
        if not ours or model in records or model._meta.proxy:
            continue
        fields = [
            one
            for one in model._meta.concrete_fields
            if isinstance(one, TEXTS) and not one.primary_key and not one.choices
        ]
        fields = [one for one in fields if not one.unique and not isinstance(one, models.FileField)]
        if fields:
            yield model, fields


def _naming(fields: list[models.Field], words: list[str]) -> models.Q:
    q = models.Q(pk__in=())
    for one in fields:
        for word in words:
            q |= models.Q(**{f"{one.name}__icontains": word})
            if isinstance(one, models.JSONField):
                q |= models.Q(**{f"{one.name}__icontains": json.dumps(word)[1:-1]})
    return q
