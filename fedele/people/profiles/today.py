"""What was promised to customers and falls due."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from fedele.people.naming import SEEN_BY, named
from fedele.people.profiles.models import Agreement
from fedele.records.registry import registry
from fedele.records.today.work import AHEAD, Work, adds_work, first_of, verbs_of

VERBS = (("d", "keep"), ("p", "put_off"))


@adds_work("agreement")
def agreements_to_keep(user: Any, today: dt.date) -> list[Work]:
    """Those that are due within a week, too: a promise takes time to keep."""
    until = today + dt.timedelta(days=AHEAD)
    mine = Agreement.objects.visible_to(user).filter(owner=user, state="open", due_on__lte=until)
    shown = mine.select_related("company", "contact", "lead").only(
        "subject", "state", "due_on", *SEEN_BY, *named("company", "contact", "lead")
    )
    due = first_of(shown, "agreement", user, "-due_on", "-pk")
    second = registry.by_key("agreement").second_line
    return [Work(one, one.subject, second(one), one.due_on, offers=partial(verbs_of, one, user, VERBS)) for one in due]
