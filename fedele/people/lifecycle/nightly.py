"""Time passes: who fell silent, whose loyalty lapsed, whose sign of trouble is over."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from fedele.people.companies.models import Company
from fedele.people.lifecycle.models import LifeCycle
from fedele.people.lifecycle.phases import PROSPECTS, Phase
from fedele.people.lifecycle.rules import LifeCycleRules
from fedele.people.lifecycle.settling import settle
from fedele.tasks.jobs import job

#: Companies read at a time.
CHUNK = 5_000


@job(retries=3)
def settle_due() -> None:
    """Each night, and once for all where nobody has done it yet. Killed and started anew it goes on with what is left."""
    if LifeCycleRules.get().worked_out_at is None:
        settle_all(tell=False)
    due = LifeCycle.objects.filter(due_on__lte=timezone.localdate()).order_by("due_on", "pk")
    while ids := list(due.values_list("pk", flat=True)[:CHUNK]):
        settle(ids)


@job(retries=3)
def settle_by_new_rules() -> None:
    """Their facts are as they were: nothing is asked of the departments."""
    last = 0
    while ids := list(LifeCycle.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        settle(ids, tell=False, reread=False)
        last = ids[-1]


def settle_all(*, tell: bool = True, today: dt.date | None = None) -> int:
    """Every company from the beginning; after a load past the usual doors."""
    Company.objects.filter(phase=Phase.PROSPECT).exclude(kind__in=PROSPECTS).update(phase="")
    changed, last = 0, 0
    while ids := list(Company.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        changed += settle(ids, tell=tell, today=today)
        last = ids[-1]
    LifeCycleRules.objects.filter(pk=LifeCycleRules.get().pk).update(worked_out_at=timezone.now())
    return changed
