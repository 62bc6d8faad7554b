"""Records that may be private: then they are seen by whose they are, and by nobody else, whatever a role says.

Their type says so with `may_be_private`, and its model has a `private` column besides `owner`.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

#: In place of "all" as the reach of seeing such a type: all but what is private to others.
MOST = "most"
_types: set[str] = set()


def may_be_private(record_type: str) -> None:
    _types.add(record_type)


def is_at_times_private(record_type: str) -> bool:
    return record_type in _types


def not_private_to_others(user_id: int) -> Q:
    return Q(private=False) | Q(owner_id=user_id)


def is_private_to_another(record: Any, user_id: int) -> bool:
    return record.record_type in _types and record.private and record.owner_id != user_id
