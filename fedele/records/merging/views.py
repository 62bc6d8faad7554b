"""Saved views that filter by a merged record filter by what remained, and go back with it."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from fedele.journal.models import Batch
from fedele.records.models import SavedView
from fedele.records.registry import registry


def redirect_views(act: Any) -> None:
    """Rewrites the filters; what they said before is kept with the batch."""
    changed = []
    gone, here = {str(key) for key in act.ids}, str(act.survivor.pk)
    for view in SavedView.objects.filter(record_type__in=list(_pointing(act.record_type.model)), query__contains=".in"):
        after = _led(view.query, _pointing(act.record_type.model)[view.record_type], gone, here)
        if after != view.query:
            changed.append([view.pk, view.query, after])
            SavedView.objects.filter(pk=view.pk).update(query=after)
    if changed:
        act.batch.data["views"] = changed
        act.batch.save(update_fields=["data"])


def return_views(batch: Batch) -> None:
    """Views somebody has changed since stay as they are."""
    for pk, before, after in batch.data.get("views", ()):
        SavedView.objects.filter(pk=pk, query=after).update(query=before)


def _pointing(model: Any) -> dict[str, set[str]]:
    """{record type: names of its relations to this model}."""
    found = {
        one.key: {field.name for field in one.model._meta.concrete_fields if field.related_model is model}
        for one in registry
    }
    return {key: names for key, names in found.items() if names}


def _led(query: str, names: set[str], gone: set[str], here: str) -> str:
    data = QueryDict(query, mutable=True)
    for key in list(data):
        data.setlist(key, [_condition(value, names, gone, here) for value in data.getlist(key)])
    return data.urlencode(safe=":,") if data != QueryDict(query) else query


def _condition(condition: str, names: set[str], gone: set[str], here: str) -> str:
    """`company.in:3,7`, with the ids that went replaced."""
    what, colon, values = condition.partition(":")
    if not colon or what.partition(".")[0] not in names:
        return condition
    led = dict.fromkeys(here if value in gone else value for value in values.split(","))
    return f"{what}:{','.join(led)}"
