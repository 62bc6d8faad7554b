"""Whose handovers one may see and decide: one's own portfolio with the manager's word, those of whom one leads without."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from fedele.people.assignment.access import may_rule
from fedele.people.handovers.models import Handover


def givers_for(user: Any) -> list[Any]:
    """Whose portfolio this user may hand over or ask to; colleagues who left included, for who leads them."""
    if not may_rule(user):
        return [user]
    everybody = get_user_model().objects.order_by("first_name", "last_name", "pk")
    if user.rights.reach("lead", "edit") == "all":
        return list(everybody)
    return list(everybody.filter(Q(team_id__in=user.rights.teams_below) | Q(pk=user.pk)))


def may_decide(user: Any, handover: Handover) -> bool:
    """Whoever leads the giver; also of their own portfolio, if they lead."""
    return may_rule(user) and any(one.pk == handover.giver_id for one in givers_for(user))


def managers_of(giver: Any) -> list[Any]:
    """Those whose word a handover of `giver` needs: managers of the teams above, otherwise everybody who may decide."""
    path = giver.team.path if giver.team else ""
    above = [int(part) for part in path.split("/") if part]
    found = get_user_model().objects.filter(is_active=True).exclude(pk=giver.pk).prefetch_related("roles")
    near = [one for one in found.filter(team__in=above) if may_rule(one)]
    return near or [one for one in found if may_rule(one) and one.rights.reach("lead", "edit") == "all"]


def handovers_of(user: Any) -> QuerySet[Handover]:
    """Those one gives, receives, made, or whose giver one leads."""
    found = Handover.objects.select_related("giver", "made_by", "batch")
    mine = Q(giver=user) | Q(made_by=user) | Q(pk__in=Handover.objects.filter(receivers=user).values("pk"))
    if may_rule(user):
        if user.rights.reach("lead", "edit") == "all":
            return found
        mine |= Q(giver__team_id__in=user.rights.teams_below)
    return found.filter(mine)
