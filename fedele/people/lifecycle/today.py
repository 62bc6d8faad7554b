"""Customers of mine who are at risk of leaving."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.people.companies.models import Company
from fedele.people.lifecycle.phases import Phase
from fedele.people.lifecycle.showing import may_see
from fedele.people.lifecycle.words import why
from fedele.records.today.blocks import MOST, ROWS, Block, Row, today_block
from fedele.ui.moments import ago


@today_block(
    "at_risk", label=gettext_lazy("Customers at risk"), icon="heart-crack", order=35, heeds=("company",),
    roles=("sales_rep", "sales_lead", "service", "director"), right=("view", "company"),
)  # fmt: skip
def at_risk(user: Any) -> Block | None:
    """The latest first: the sooner one calls, the better."""
    if not may_see(user):
        return None
    mine = Company.objects.visible_to(user).filter(owner=user, phase=Phase.RISK)
    found = list(mine.select_related("life_cycle").order_by("-phase_since", "-pk")[: MOST + 1])
    url = "/companies/?edited=1&f=owner.in:me&f=phase.in:risk" if found else ""
    empty = _("No customer of yours is at risk.")
    return Block([_row(one, user) for one in found[:ROWS]], len(found) or None, url, empty)


def _row(one: Company, user: Any) -> Row:
    """With the reason in words, as the company's own page says it."""
    reason = one.life_cycle.reason if hasattr(one, "life_cycle") else {}
    line = capfirst("; ".join(why(reason, timezone.localdate(), user)[-2:]))
    return Row(one.name, f"/companies/{one.pk}/", line, "building-2", badge=ago(one.phase_since), level="bad")
