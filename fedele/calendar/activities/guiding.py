"""First steps of who works with customers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from fedele.calendar.activities.models import Activity
from fedele.journal.models import Entry
from fedele.records.today.guide import guided_step


@guided_step(
    _("Open a customer and write something down"), note=_("A note or a call: it stays on the timeline of the customer."),
    url="/companies/", order=50, right=("view", "company"),
)  # fmt: skip
def has_written(user: Any) -> Any:
    return Entry.objects.filter(actor=user, record_type__in=("company", "contact", "lead", "activity"))


@guided_step(
    _("Plan what you do next"), note=_("A call, a visit, a task: on its day it stands on this page."),
    url="/activities/new/", order=60, right=("create", "activity"),
)  # fmt: skip
def has_planned(user: Any) -> Any:
    return Activity.objects.filter(owner=user, trashed_at=None)


@guided_step(
    _("Mark something as done"), note=_("Press d on a line of this page and say how it went."),
    url="/today/work/", order=70, right=("create", "activity"),
)  # fmt: skip
def has_done(user: Any) -> Any:
    return Activity.objects.filter(owner=user, state="done", trashed_at=None)
