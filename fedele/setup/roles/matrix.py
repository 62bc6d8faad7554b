"""A role as a table: a row per record type, a column per right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from fedele.access.models import Role
from fedele.access.reach import REACHES, RIGHTS
from fedele.records.fields import fields_of
from fedele.records.registry import registry

REACH_LABELS = {
    "none": _("no"),
    "own": _("own"),
    "team": _("own team"),
    "below": _("team and below"),
    "all": _("all"),
}
RIGHT_LABELS = {
    "view": _("See"),
    "edit": _("Change"),
    "create": _("Create"),
    "delete": _("Delete"),
    "export": _("Export"),
}
#: What does not exist yet belongs to nobody: one may create, or not.
REACHES_OF = {right: ("none", "all") if right == "create" else REACHES for right in RIGHTS}
CREATE_LABELS = {"none": _("no"), "all": _("yes")}


@dataclass(frozen=True)
class Cell:
    name: str
    label: Any
    #: The name of the right alone, for where there are no column heads.
    right: Any
    value: str
    choices: list[tuple[str, Any]]


@dataclass(frozen=True)
class Row:
    key: str
    label: Any
    icon: str
    cells: list[Cell]
    #: (name, label, is hidden)
    fields: list[tuple[str, Any, bool]]

    @property
    def hidden(self) -> int:
        return sum(one[2] for one in self.fields)


def rows(role: Role) -> list[Row]:
    found = []
    for record_type in registry:
        key = record_type.key
        hidden = role.hidden.get(key, ())
        fields = [
            (name, field.label, name in hidden) for name, field in fields_of(record_type).items() if can_hide(field)
        ]
        found.append(
            Row(key, record_type.plural, record_type.icon, [_cell(role, key, right) for right in RIGHTS], fields)
        )
    return found


def can_hide(field: Any) -> bool:
    """What a record needs to be shown or stored at all cannot be hidden."""
    return field.is_custom or not (
        field.required or field.name in ("name", "number", "owner", "team", "created_at", "updated_at")
    )


def _cell(role: Role, key: str, right: str) -> Cell:
    labels = CREATE_LABELS if right == "create" else REACH_LABELS
    value = role.rights.get(key, {}).get(right, "none")
    if right == "create" and value != "none":
        value = "all"
    label = _("%(right)s: %(what)s") % {"right": RIGHT_LABELS[right], "what": registry.by_key(key).plural}
    return Cell(
        f"{key}.{right}", label, RIGHT_LABELS[right], value, [(reach, labels[reach]) for reach in REACHES_OF[right]]
    )


def read(role: Role, data: Any) -> None:
    """Puts what a form sent into `role`; what is unknown or missing gives no right."""
    rights, hidden = dict(role.rights), dict(role.hidden)
    for row in rows(role):
        rights[row.key] = {right: _reach(data, row.key, right) for right in RIGHTS}
        allowed = {name for name, _label, _hidden in row.fields}
        hidden[row.key] = sorted(allowed & set(data.getlist(f"{row.key}.hidden")))
    role.rights = rights
    role.hidden = {key: names for key, names in hidden.items() if names}


def _reach(data: Any, key: str, right: str) -> str:
    value = data.get(f"{key}.{right}", "none")
    return value if value in REACHES_OF[right] else "none"


def told(role: Role) -> dict[str, Any]:
    """A role in words of the audit: {"opportunity.view": "team", "opportunity.hidden": ["amount"]}."""
    facts: dict[str, Any] = {"name": str(role), "is_administrator": role.is_administrator}
    for record_type in registry:
        key = record_type.key
        for right in RIGHTS:
            facts[f"{key}.{right}"] = role.rights.get(key, {}).get(right, "none")
        facts[f"{key}.hidden"] = sorted(role.hidden.get(key, ()))
    return facts
