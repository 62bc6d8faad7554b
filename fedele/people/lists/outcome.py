"""What became of the names of a list: the leads by stage, and the contacts and companies that came with it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.leads.life import LeadStage
from fedele.people.leads.models import Lead


def outcome_of(record: Any, user: Any) -> dict[str, Any] | None:
    """{"lines": [{"key", "query", "count", "hot", "converted"}]} of what this user sees; None for nothing.

    Counted in an index that begins with the list.
    """
    if not record.names:
        return None
    lines = [line for model in (Lead, Contact, Company) if (line := _line(model, record, user))]
    return {"lines": lines} if lines else None


def _line(model: Any, record: Any, user: Any) -> dict[str, Any] | None:
    if not user.rights.may("view", model.record_type):
        return None
    stages = (
        {
            "hot": Count("pk", filter=Q(stage=LeadStage.HOT)),
            "converted": Count("pk", filter=Q(stage=LeadStage.CONVERTED)),
        }
        if model is Lead
        else {}
    )
    seen = model.objects.visible_to(user).filter(origin_list=record)
    counts = seen.order_by().aggregate(count=Count("pk"), **stages)
    return {"key": model.record_type, "query": f"f=origin_list.in:{record.pk}", **counts} if counts["count"] else None
