"""Steps of disputes that are due."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from fedele.billing.disputes.models import Dispute
from fedele.billing.disputes.settling import LIVING
from fedele.people.naming import SEEN_BY, named
from fedele.records.today.work import Work, adds_work, first_of, verbs_of

VERBS = (("d", "take_step"), ("p", "put_off"))


@adds_work("dispute")
def steps_due(user: Any, today: dt.date) -> list[Work]:
    if user.rights.hides("dispute", "next_step") or user.rights.hides("dispute", "next_step_on"):
        return []
    mine = Dispute.objects.visible_to(user).filter(owner=user, state__in=LIVING, next_step_on__lte=today)
    fields = ("subject", "state", "next_step", "next_step_on", *SEEN_BY, *named("company"))
    due = first_of(mine.select_related("company").only(*fields), "dispute", user, "-next_step_on", "-pk")
    return [
        Work(
            one, one.next_step or one.subject, " · ".join(filter(None, (str(one.company), one.subject))),
            one.next_step_on, offers=partial(verbs_of, one, user, VERBS),
        )
        for one in due
    ]  # fmt: skip
