"""Records that lie on another record: a document on a company. They are seen by whoever sees that one, and by nobody else.

Their type says so with `lies_on_others`, and its model has `about_type` and `about_id`, empty for one that lies on none, with
`about_owner` and `about_team`: whose that record is, kept in step by the department. So who may see it
is told from its own columns.
"""

from __future__ import annotations

#: In place of how far a right reaches, for a type of which one sees what lies on records one sees.
CARRIED = "carried"
_carried: set[str] = set()


def lies_on_others(record_type: str) -> None:
    _carried.add(record_type)


def is_carried(record_type: str) -> bool:
    return record_type in _carried


def known_types() -> set[str]:
    """All record types any role of the product has a right to, but those that are carried themselves."""
    from fedele.access.roles import declared

    return {key for role in declared.values() for key in role.rights} - _carried
