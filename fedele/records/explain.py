"""Prints what the generic layer derived from a declaration."""

from __future__ import annotations

from typing import Any

from fedele.records.declare import Related
from fedele.records.fields import fields_of
from fedele.records.filtering import operators_of
from fedele.records.registry import registry


def explain(key: str) -> dict[str, Any]:
    """Addresses, columns, fields with their operators, verbs, rights, API and panels of one record type."""
    record_type = registry.by_key(key)
    model = record_type.model
    fields = fields_of(record_type)
    return {
        "record_type": key,
        "model": f"{model.__module__}.{model.__name__}",
        "label": str(record_type.label),
        "addresses": _addresses(record_type),
        "columns": list(record_type.listing.columns),
        "fields": {
            name: {
                "label": str(field.label),
                "kind": field.kind,
                "required": field.required,
                "editable": field.editable,
                "sortable": field.sortable,
                "operators": list(operators_of(field)),
            }
            for name, field in fields.items()
        },
        "verbs": {name: _verb(model, name) for name in (*record_type.verbs, "trash", "restore")},
        "templates": [f"records/{key}/page.html", "records/page.html"],
        "panels": [panel.record_type if isinstance(panel, Related) else panel for panel in record_type.page.blocks],
        "search": [*record_type.search.title, *record_type.search.also] if record_type.search else [],
        "rights": _rights(key),
        "api": [f"/api/v1/{record_type.slug}", f"/api/v1/{record_type.slug}/{{id}}"]
        + [f"/api/v1/{record_type.slug}/{{id}}/{name}" for name in record_type.verbs],
        "journal": sorted(_kinds(key)),
    }


def _addresses(record_type: Any) -> list[str]:
    doors = [
        "",
        "new/",
        "quick/",
        "export/",
        *(["board/"] if record_type.board else []),
        *(["calendar/"] if record_type.calendar else []),
    ]
    return [record_type.url() + door for door in doors] + [record_type.url(0).replace("0", "{id}")]


def _verb(model: Any, name: str) -> dict[str, Any]:
    verb = getattr(model, name).verb
    return {"label": str(verb.label), "when": verb.when, "bulk": verb.bulk, "form": verb.form, "may": verb.may}


def _rights(key: str) -> dict[str, dict[str, str]]:
    from fedele.access.roles import declared

    return {role.key: role.rights[key] for role in declared.values() if key in role.rights}


def _kinds(key: str) -> set[str]:
    from fedele.journal.sentences import _sentences

    return {kind.replace("*", key) for kind in _sentences if kind.partition(".")[0] in ("*", key)}
