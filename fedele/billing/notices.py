"""Whom billing tells what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.billing.disputes.settling import LIVING
from fedele.journal.models import Entry
from fedele.notices.kinds import declare, notice
from fedele.notices.telling import tell
from fedele.tasks.jobs import job

#: Mornings without a worker that are made up for.
MISSED = 3

declare(
    "dispute.step_due",
    label=_("A step of a dispute of mine is due"),
    text=_("{title}: {step}"),
    icon="scale",
    why=_("You get this because the dispute is yours."),
)


@notice(
    "dispute.opened",
    entries="dispute.created",
    label=_("A dispute with a customer of mine is opened"),
    text=_("{actor} opened the dispute {title} with {company}"),
    icon="scale",
    why=_("You get this because the customer is yours."),
)
def tell_owner_of_customer(entry: Entry) -> Iterator[tuple[Any, dict[str, Any]]]:
    dispute = entry.record
    if dispute is not None and dispute.company.owner:
        yield dispute.company.owner, {"company": str(dispute.company)}


@job(retries=2)
def tell_steps_due() -> None:
    """Once a day, in the morning: whose step is due. Each is told of once for its day, also when mornings were missed."""
    from fedele.billing.disputes.models import Dispute

    today: dt.date = timezone.localdate()
    days = (today - dt.timedelta(days=MISSED), today)
    due = Dispute.objects.filter(trashed_at=None, state__in=LIVING, next_step_on__range=days).select_related("owner")
    for dispute in due.iterator():
        if dispute.owner is not None:
            once = f"dispute.step_due {dispute.pk} {dispute.next_step_on}"
            tell(dispute.owner, "dispute.step_due", record=dispute, data={"step": dispute.next_step}, once=once)
