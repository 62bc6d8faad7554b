"""Whom sales tells what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from fedele.journal.models import Entry
from fedele.notices.kinds import notice


@notice(
    "opportunity.won",
    label=_("An opportunity of my team is won"),
    text=_("{actor} won {title}: {amount}"),
    icon="trophy",
    why=_("You get this because the opportunity belongs to your team."),
)
def tell_team_of_win(entry: Entry) -> Iterator[tuple[Any, dict[str, Any]]]:
    """A win is for the whole team: those who lead and those who sell together."""
    opportunity = entry.record
    if opportunity is not None and opportunity.team_id:
        for colleague in get_user_model().objects.filter(team_id=opportunity.team_id, is_active=True)[:50]:
            yield colleague, {"amount": str(opportunity.amount), "currency": opportunity.currency}


@notice(
    "opportunity.lost",
    label=_("An opportunity of mine is lost"),
    text=_("{actor} closed {title} as lost: {reason}"),
    why=_("You get this because the opportunity is yours."),
    icon="circle-x",
)
def tell_owner_of_loss(entry: Entry) -> Iterator[tuple[Any, dict[str, Any]]]:
    opportunity = entry.record
    if opportunity is not None and opportunity.owner:
        yield opportunity.owner, {"reason": entry.data.get("reason", "")}
