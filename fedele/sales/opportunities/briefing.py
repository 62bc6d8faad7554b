"""What sales tells whoever takes over a customer: what is open, and what was to happen next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from fedele.people.handovers.briefing import Lines, adds_briefing
from fedele.sales.opportunities.models import Opportunity
from fedele.ui.amounts import money


@adds_briefing("company", label=_("Open opportunities and next steps"), order=30)
def open_opportunities(records: Sequence[Any], reader: Any) -> Lines:
    """What will be the reader's is told even if today only the giver sees it: the reader is about to own it."""
    if not reader.rights.may("view", "opportunity"):
        return {}
    found: Lines = defaultdict(list)
    wanted = Opportunity.objects.filter(company__in=[record.pk for record in records], outcome="open", trashed_at=None)
    for one in wanted.select_related("stage").order_by("company_id", "-amount", "pk"):
        step = (
            f"{one.next_step} ({date_format(one.next_step_on, 'SHORT_DATE_FORMAT')})"
            if one.next_step_on
            else one.next_step
        )
        amount = (
            money(one.amount, one.currency) if one.amount and not reader.rights.hides("opportunity", "amount") else ""
        )
        found[one.company_id].append(" – ".join(part for part in (str(one), str(one.stage), amount, step) if part))
    return found
