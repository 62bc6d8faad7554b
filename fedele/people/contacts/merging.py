"""How contacts become one, and what becomes of two roles that say the same."""

from __future__ import annotations

from typing import Any

from fedele.people.companies.merging import ADDRESS
from fedele.people.contacts.models import Role
from fedele.records.merging.rules import Merging, merges

MERGING = Merging(distinct=("tax_code",), together=(ADDRESS,))


@merges("people.role", "contact")
@merges("people.role", "company")
def move_roles(act: Any, pointer: Any) -> None:
    """A role said twice is kept once: the one that says more. The other goes with the record that goes."""
    other = "company_id" if pointer.field == "contact" else "contact_id"
    here: dict[tuple[Any, ...], Role] = {}
    for role in pointer.rows([act.survivor.pk]).order_by("pk"):
        here.setdefault(_key(role, other), role)
    coming: dict[int, int] = {}
    for role in pointer.rows(act.ids).order_by("pk"):
        known = here.get(_key(role, other))
        before = getattr(role, pointer.column)
        if known is None or not _agree(known, role):
            here.setdefault(_key(role, other), role)
            coming[role.pk] = before
        elif _said(role) > _said(known):
            if known.pk in coming:
                del coming[known.pk]
            else:
                act.move(pointer, {known.pk: act.survivor.pk}, to=before)
            here[_key(role, other)] = role
            coming[role.pk] = before
    act.move(pointer, coming)


#: What a role may say besides of whom and where it is.
DETAILS = ("decision", "since", "until")


def _key(role: Role, other: str) -> tuple[Any, ...]:
    return getattr(role, other), role.job.strip().casefold()


def _agree(one: Role, two: Role) -> bool:
    """Neither says what the other denies; an ended role is another than one that goes on."""
    if (one.until is None) != (two.until is None):
        return False
    pairs = ((getattr(one, name), getattr(two, name)) for name in DETAILS)
    return all(not mine or not theirs or mine == theirs for mine, theirs in pairs)


def _said(role: Role) -> int:
    return sum(bool(getattr(role, name)) for name in DETAILS)
