"""Where the columns of a file can go: fields of the record, two of them at once, and those of records it points at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fedele.records.declare import Joined, RecordType
from fedele.records.exchange.mapping import writable
from fedele.records.fields import RecordField
from fedele.records.registry import registry


@dataclass(frozen=True)
class Target:
    """One line of the list of fields a column is given to."""

    name: str
    label: Any
    field: RecordField
    joined: Joined | None = None
    #: The fields a joined one is made of.
    parts: tuple[RecordField, ...] = ()
    #: The field of our record that points at the record this is a field of.
    relation: RecordField | None = None

    @property
    def group(self) -> str:
        return self.relation.name if self.relation else ""

    @property
    def kind(self) -> str:
        return "joined" if self.joined else self.field.kind


def targets_of(record_type: RecordType, user: Any) -> dict[str, Target]:
    """By name, those of the record itself first."""
    fields = writable(record_type, user)
    found = {name: Target(name, one.label, one) for name, one in fields.items()}
    for joined in record_type.exchange.joined:
        if all(name in fields for name in joined.fields):
            found[joined.name] = Target(
                joined.name, joined.label, fields[joined.fields[1]], joined, tuple(fields[one] for one in joined.fields)
            )
    for relation in companions_of(record_type, user):
        for one in _of_companion(relation, user):
            found[f"{relation.name}.{one.name}"] = Target(
                f"{relation.name}.{one.name}", one.label, one, relation=relation
            )
    return found


def companions_of(record_type: RecordType, user: Any) -> list[RecordField]:
    """Relations whose records a file may bring along in columns of their own."""
    return [
        one
        for name, one in writable(record_type, user).items()
        if one.kind == "relation"
        and name in record_type.form.fields
        and name != record_type.exchange.provenance
        and (other := registry.get(one.target._meta.model_name))
        and other is not record_type
        and (user.rights.may("create", other.key) or user.rights.may("edit", other.key))
    ]


def _of_companion(relation: RecordField, user: Any) -> list[RecordField]:
    """Its plain fields: what it points at in turn would be a third record in one row."""
    other = registry.by_key(relation.target._meta.model_name)
    return [one for one in writable(other, user).values() if not one.is_relation]
