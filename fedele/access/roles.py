"""The roles the product brings. A department declares its own in its `access.py`; a company may change them in setup."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from fedele.access.reach import RIGHTS


@dataclass
class DeclaredRole:
    key: str
    name: Any
    is_administrator: bool = False
    rights: dict[str, dict[str, str]] = field(default_factory=dict)


declared: dict[str, DeclaredRole] = {}


def role(key: str, name: Any, *, is_administrator: bool = False) -> DeclaredRole:
    return declared.setdefault(key, DeclaredRole(key, name, is_administrator))


def allow(role_key: str, record_type: str, **rights: str) -> None:
    """`allow("sales_rep", "opportunity", view="below", edit="own", create="all")`; what is not named is none."""
    unknown = set(rights) - set(RIGHTS)
    if unknown:
        raise ValueError(f"{role_key}: no such right: {', '.join(sorted(unknown))}")
    declared[role_key].rights[record_type] = rights


def install(**_kwargs: Any) -> None:
    """After each migration: adds missing roles, and rights for record types a role has never heard of."""
    from fedele.access.models import Role

    existing = {role.key: role for role in Role.objects.exclude(key="")}
    for key, wanted in declared.items():
        found = existing.get(key)
        if found is None:
            Role.objects.create(
                key=key, name=str(wanted.name), rights=wanted.rights, is_administrator=wanted.is_administrator
            )
        elif missing := {name: rights for name, rights in wanted.rights.items() if name not in found.rights}:
            found.rights = {**found.rights, **missing}
            found.save(update_fields=["rights"])
