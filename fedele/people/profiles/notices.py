"""Whoever promised something is reminded before its day, and once more when it has gone by."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.notices.kinds import declare
from fedele.notices.telling import tell
from fedele.people.profiles.keeping import AgreementState
from fedele.people.profiles.models import Agreement
from fedele.tasks.jobs import job

#: Days ahead at which one is told.
AHEAD = 3
#: Mornings without a worker that are made up for; what passed earlier than that helps nobody.
MISSED = 7

declare(
    "agreement.due",
    label=_("An agreement of mine is due soon"),
    text=_("{title} – {customer}, until {day}"),
    icon="handshake",
    why=_("You get this because you answer for the agreement."),
)
declare(
    "agreement.late",
    label=_("The day of an agreement of mine has passed"),
    text=_("{title} – {customer}: was it kept?"),
    icon="handshake",
    why=_("You get this because you answer for the agreement."),
)


@job(retries=2)
def tell_agreements_due() -> None:
    """Once a day, in the morning. Each is told of once before its day and once after, also when mornings were missed."""
    today = timezone.localdate()
    _tell("agreement.due", today, today + dt.timedelta(days=AHEAD))
    _tell("agreement.late", today - dt.timedelta(days=MISSED), today - dt.timedelta(days=1))


def _tell(kind: str, first: dt.date, last: dt.date) -> None:
    due = Agreement.objects.filter(trashed_at=None, state=AgreementState.OPEN, due_on__range=(first, last))
    for agreement in due.select_related("owner", "company", "contact", "lead").order_by("due_on", "pk").iterator():
        if agreement.owner is not None:
            about = agreement.company or agreement.contact or agreement.lead
            data = {"customer": str(about or ""), "day": f"{agreement.due_on:%d/%m/%Y}"}
            once = f"{kind} {agreement.pk} {agreement.due_on}"
            tell(agreement.owner, kind, record=agreement, data=data, once=once)
