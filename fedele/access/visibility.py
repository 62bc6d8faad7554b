"""The one gate: which records of a type a user may see, edit, delete or export."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet


def restrict(queryset: QuerySet[Any], user: Any, right: str = "view") -> QuerySet[Any]:
    if user is None or not user.is_authenticated or not user.is_active:
        return queryset.none()
    rights = user.rights
    reach = rights.reach(queryset.model.record_type, right)
    if reach == "all":
        return queryset
    if reach == "none":
        return queryset.none()
    if reach == "own" or rights.team_id is None:
        return queryset.filter(owner_id=user.pk)
    if reach == "team":
        return queryset.filter(Q(owner_id=user.pk) | Q(team_id=rights.team_id))
    return queryset.filter(Q(owner_id=user.pk) | Q(team_id__in=rights.teams_below))
