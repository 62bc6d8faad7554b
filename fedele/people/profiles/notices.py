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

#: Days ahead on which one is told.
AHEAD = 3

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
    """Once a day, in the morning. Each agreement is told of on two days only."""
    today = timezone.localdate()
    for day, kind in (
        (today + dt.timedelta(days=AHEAD), "agreement.due"),
        (today - dt.timedelta(days=1), "agreement.late"),
    ):
        due = Agreement.objects.filter(trashed_at=None, state=AgreementState.OPEN, due_on=day)
        for agreement in due.select_related("owner", "company", "contact", "lead").iterator():
            if agreement.owner is not None:
                about = agreement.company or agreement.contact or agreement.lead
                data = {"customer": str(about or ""), "day": f"{agreement.due_on:%d/%m/%Y}"}
                tell(agreement.owner, kind, record=agreement, data=data)
