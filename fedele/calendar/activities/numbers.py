"""What a person did this week, in numbers for their Today."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from fedele.calendar.activities.kinds import Kind
from fedele.calendar.activities.models import Activity
from fedele.records.moments import moment_of, period
from fedele.records.today.indicators import Figure, indicator

#: Nobody does more in a week; what is beyond is shown as 999+.
MOST = 999
SEEN = ("view", "activity")


def _done_this_week(user: Any, conditions: str = "", **only: Any) -> Figure | None:
    if not user.rights.may("create", "activity"):
        return None
    monday, sunday = period("week", timezone.localdate())
    within = {"done_at__gte": moment_of(monday), "done_at__lt": moment_of(sunday + dt.timedelta(days=1))}
    done = Activity.objects.visible_to(user).filter(owner=user, state="done", **within, **only)
    count = done.order_by()[: MOST + 1].count()
    url = f"/activities/?edited=1&f=owner.in:me&f=state.in:done&f=done_at.in_period:week{conditions}"
    return Figure(f"{MOST}+" if count > MOST else str(count), url)


@indicator(
    "done_week", label=gettext_lazy("Activities done this week"), right=SEEN, order=40,
    formula=gettext_lazy("My activities marked as done since Monday."),
)  # fmt: skip
def done_this_week(user: Any) -> Figure | None:
    return _done_this_week(user)


@indicator(
    "calls_week", label=gettext_lazy("Calls made this week"), right=SEEN, order=50,
    formula=gettext_lazy("My calls marked as done since Monday, whatever their outcome."),
)  # fmt: skip
def calls_this_week(user: Any) -> Figure | None:
    return _done_this_week(user, "&f=kind.in:call", kind=Kind.CALL)
