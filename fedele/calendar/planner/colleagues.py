"""Whose days one can lay beside each other."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model

from fedele.people.assignment.people import can_work

#: Beside each other there is no room for more, and colours end.
MOST_SHOWN = 12
MOST = 200
TONES = 8


def colleagues(user: Any) -> list[Any]:
    """Active colleagues who have activities, myself first; those of my team next."""
    found = get_user_model().objects.filter(is_active=True).select_related("team").prefetch_related("roles")
    able = [one for one in found.order_by("first_name", "last_name", "pk")[:MOST] if can_work(one, "activity")]
    return sorted(able, key=lambda one: (one.pk != user.pk, one.team_id != user.team_id, str(one.team or "")))


def chosen(asked: list[str], everybody: list[Any], user: Any) -> list[Any]:
    """Those named by id, "me" or "team"; without any that is there, myself."""
    wanted = {part for one in asked for part in one.split(",")}
    picked = [
        one
        for one in everybody
        if str(one.pk) in wanted
        or ("me" in wanted and one.pk == user.pk)
        or ("team" in wanted and one.team_id is not None and one.team_id == user.team_id)
    ]
    return (picked or [one for one in everybody if one.pk == user.pk] or everybody[:1])[:MOST_SHOWN]


def by_team(everybody: list[Any]) -> list[tuple[str, list[Any]]]:
    """For the choice: each team with its people, in the order they came in."""
    teams: dict[str, list[Any]] = {}
    for one in everybody:
        teams.setdefault(str(one.team or ""), []).append(one)
    return list(teams.items())
