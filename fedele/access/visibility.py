"""The one gate: which records of a type a user may see, edit, delete or export."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Q, QuerySet

from fedele.access.carried import CARRIED, known_types
from fedele.access.private import MOST, is_at_times_private, not_private_to_others
from fedele.access.reach import Rights


def restrict(queryset: QuerySet[Any], user: Any, right: str = "view") -> QuerySet[Any]:
    if user is None or not user.is_authenticated or not user.is_active:
        return queryset.none()
    rights, key = user.rights, queryset.model.record_type
    if is_at_times_private(key):
        queryset = queryset.filter(not_private_to_others(rights.user_id))
    reach = rights.reach(key, right)
    if reach == CARRIED:
        return _spanned(queryset, rights, rights.reach_alone(key, right)).filter(_on_seen(rights))
    return _spanned(queryset, rights, reach)


def private_to_others(records: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Of `records` those that only their privacy hides from the user."""
    hidden = records.filter(private=True).exclude(owner_id=user.pk)
    return _spanned(hidden, user.rights, user.rights.reach(records.model.record_type))


def _spanned(queryset: QuerySet[Any], rights: Rights, reach: str) -> QuerySet[Any]:
    if reach in ("all", MOST):
        return queryset
    return queryset.none() if reach == "none" else queryset.filter(_rule(rights, reach))


def _rule(rights: Rights, reach: str, of: str = "") -> Q:
    """The condition on owner and team; `of` "about_": of the record it lies on."""
    mine = Q(**{f"{of}owner_id": rights.user_id})
    if reach == "own" or rights.team_id is None:
        return mine
    if reach == "team":
        return mine | Q(**{f"{of}team_id": rights.team_id})
    return mine | Q(**{f"{of}team_id__in": rights.teams_below})


def _on_seen(rights: Rights) -> Q:
    """What lies on a record the user may see, or on none."""
    types = defaultdict(list)
    for one in sorted(known_types()):
        types[rights.reach_alone(one)].append(one)
    found = Q(about_type__in=["", *types.pop("all", [])])
    types.pop("none", None)
    for reach, some in types.items():
        found |= Q(about_type__in=some) & _rule(rights, reach, "about_")
    return found
