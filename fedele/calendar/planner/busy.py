"""Hours of colleagues with something one may not see, or that is private to them: only that they are taken."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from fedele.access.private import MOST as ALL_BUT_PRIVATE
from fedele.access.visibility import private_to_others
from fedele.calendar.activities.models import Activity
from fedele.calendar.activities.spanning import TAKING_TIME
from fedele.calendar.planner.shown import Happening

MOST = 600


def busy(user: Any, of: Q, on_these: Q, first: dt.date, last: dt.date) -> list[Happening]:
    """What has a time, or lasts several days; not even of what kind it is. Of series, the days to come as well.

    `of`: whose and what kind; `on_these`: on which days.
    """
    if user.rights.reach("activity") == "all":
        return []
    planned = hidden_from(user, of & on_these & TAKING_TIME).order_by("due_on", "due_at")[:MOST]
    found = [_taken(one, one.due_on) for one in planned]
    series = hidden_from(user, of & TAKING_TIME & Q(due_on__lt=last) & ~Q(repeats=""))
    found += [_taken(one, day) for one in series[:MOST] for day in one.days_between(first, last)]
    return found[:MOST]


def hidden_from(user: Any, asked: Q) -> Any:
    """Of what is planned, what this user may not see; most see all but what is private, and few things are."""
    planned = Activity.objects.filter(asked, trashed_at=None, state="planned")
    if user.rights.reach("activity") == ALL_BUT_PRIVATE:
        return private_to_others(planned, user)
    return planned.exclude(pk__in=Activity.objects.visible_to(user).filter(asked, state="planned").values("pk"))


def _taken(one: Activity, day: dt.date) -> Happening:
    until = one.until_on + (day - one.due_on) if one.until_on and one.due_on and one.spans else None
    return Happening(
        day, one.owner_id, _("Busy"), one.due_at, one.length, until=until, until_at=one.until_at, marks=("busy",)
    )
