"""What is held about a person, wherever it stands: read from the models, so that no department built later is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from fedele.access.sights import Sight
from fedele.base.plain import plain
from fedele.journal.models import Entry
from fedele.people.privacy.person import Person

#: Says nothing about a person, or belongs to the machinery.
LEFT_OUT = frozenset({"version", "trashed_at", "custom"})
MOST = 5_000


def held(person: Person) -> dict[str, Any]:
    """Everything, in plain values: {"records": {…}, "related": {…}, "journal": […], "seen": […]}."""
    return {
        "records": {key: [_row(one) for one in person.records if one.record_type == key] for key in person.ids},
        "related": {key: [_row(one) for one in rows] for key, rows in (*related(person), *by_number(person))},
        "journal": [_entry(entry) for entry in entries_about(person)[:MOST]],
        "seen": _seen(person),
    }


def related(person: Person) -> Iterator[tuple[str, list[Any]]]:
    """(name, rows) of every model with a relation to one of the person's records, without those records themselves."""
    own = {(type(one), one.pk) for one in person.records}
    for model, ids in ((type(one), person.ids[one.record_type]) for one in _one_each(person)):
        for relation in model._meta.related_objects:
            is_journal = relation.related_model._meta.app_label == "journal"
            if is_journal or not (relation.one_to_many or relation.one_to_one):
                continue
            rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": ids})[:MOST]
            found = [row for row in rows if (type(row), row.pk) not in own]
            if found:
                yield str(relation.related_model._meta.verbose_name_plural), found


#: Kept by type and number instead of a relation, and telling something of the person.
NOT_TOLD = frozenset({"matchkey", "erasure", "mergedrecord", "mark", "decision", "handout"})


def by_number(person: Person) -> Iterator[tuple[str, list[Any]]]:
    """Rows of ours that name a record by its type and number."""
    for model in apps.get_models():
        names = {one.name for one in model._meta.concrete_fields}
        known = model._meta.app_label in ("journal", "access", "notices") or model._meta.model_name in NOT_TOLD
        if known or not {"record_type", "record_id"} <= names:
            continue
        q = models.Q(pk__in=())
        for key, ids in person.ids.items():
            q |= models.Q(record_type=key, record_id__in=ids)
        if found := list(model._base_manager.filter(q)[:MOST]):
            yield str(model._meta.verbose_name_plural), found


def _one_each(person: Person) -> list[Any]:
    return [*person.contacts[:1], *person.leads[:1]]


def entries_about(person: Person) -> models.QuerySet[Entry]:
    q = models.Q()
    for key, ids in person.ids.items():
        q |= models.Q(record_type=key, record_id__in=ids)
    return Entry.objects.filter(q).order_by("at", "id")


def _row(record: Any) -> dict[str, Any]:
    """Field by field under the names of the product; of others only what they are called."""
    found: dict[str, Any] = {}
    for one in record._meta.concrete_fields:
        if one.name in LEFT_OUT:
            continue
        value = getattr(record, one.attname)
        if value in (None, "", [], {}):
            continue
        if one.is_relation:
            found[one.name] = str(getattr(record, one.name) or "")
        else:
            found[one.name] = str(value) if isinstance(one, models.FileField) else plain(value)
    return {**found, **(getattr(record, "custom", None) or {})}


def _entry(entry: Entry) -> dict[str, Any]:
    found = {"at": entry.at.isoformat(), "kind": entry.kind, "through": entry.door}
    return {
        **found,
        **({"changes": entry.changes} if entry.changes else {}),
        **({"data": entry.data} if entry.data else {}),
    }


def _seen(person: Person) -> list[dict[str, Any]]:
    """On which days how many people looked at it: recipients within the house, without their names."""
    q = models.Q(pk__in=())
    for key, ids in person.ids.items():
        q |= models.Q(record_type=key, record_id__in=ids)
    rows = Sight.objects.filter(q).values("day").annotate(people=models.Count("user", distinct=True)).order_by("day")
    return [{"day": row["day"].isoformat(), "people": row["people"]} for row in rows]
