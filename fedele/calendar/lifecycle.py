"""A customer nobody has spoken to for long. Does not count unless the company says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Max
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.base.models import records_written
from fedele.calendar.activities.kinds import Kind, State
from fedele.calendar.activities.models import Activity
from fedele.people.lifecycle.facts import Sign, gives_signs
from fedele.people.lifecycle.reacting import companies_of
from fedele.people.lifecycle.rules import rules
from fedele.people.lifecycle.settling import settle_buyers


@gives_signs(
    "contact", of="activity", label=_("no contact for more than (months)"), unit="months", limit=12, usual=False,
    words=_("nobody has spoken to them since %(since)s"),
)  # fmt: skip
def last_contact(companies: Sequence[int]) -> dict[int, Sign]:
    """Of calls, visits and messages done; tasks are no contact."""
    done = Activity.objects.filter(company__in=companies, trashed_at=None, state=State.DONE, private=False).exclude(
        kind=Kind.TASK
    )
    rows = done.filter(done_at__isnull=False).values("company").annotate(last=Max("done_at")).order_by()
    return {row["company"]: Sign(timezone.localdate(row["last"])) for row in rows}


@receiver(records_written, sender=Activity, dispatch_uid="life cycle of who was spoken to")
def hear(records: Sequence[Any], changed: set[str] | None, **_kwargs: Any) -> None:
    if "contact" in rules().signs and (changed is None or changed & {"state", "done_at", "company", "trashed_at"}):
        settle_buyers(companies_of(records, changed))
