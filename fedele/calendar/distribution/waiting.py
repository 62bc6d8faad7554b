"""What waits to be handed out: planned activities that nobody does, or that somebody else could do better."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone

from fedele.calendar.activities.models import Activity
from fedele.calendar.activities.spanning import over_before
from fedele.people.assignment.people import can_work
from fedele.people.assignment.presence import Absence

#: Colleagues shown beside the piles.
MOST = 30


def hands(user: Any) -> list[Any]:
    """Whom one hands work out to: those whose activities one may change, one's own team first."""
    found = get_user_model().objects.filter(is_active=True).select_related("team").prefetch_related("roles")
    reach = user.rights.reach("activity", "edit")
    if reach == "team":
        found = found.filter(team_id=user.rights.team_id)
    elif reach == "below":
        found = found.filter(Q(pk=user.pk) | Q(team_id__in=user.rights.teams_below))
    able = [one for one in found.order_by("first_name", "last_name", "pk") if can_work(one, "activity")]
    return sorted(able, key=lambda one: one.team_id != user.team_id)[:MOST]


def pile_of(user: Any, pile: str) -> Any:
    """Planned ones this user may give to somebody."""
    planned = Activity.objects.visible_to(user, "edit").filter(state="planned")
    today = timezone.localdate()
    if pile == "nobody":
        return planned.filter(owner=None)
    if pile == "gone":
        return planned.filter(owner__is_active=False)
    if pile == "away":
        away = Absence.objects.filter(first_day__lte=today, last_day__gte=today)
        return planned.filter(owner__in=away.values("user"))
    if pile == "late":
        return planned.filter(over_before(today), owner__is_active=True).exclude(owner=user)
    return planned.filter(owner__is_active=True).exclude(owner=user)
