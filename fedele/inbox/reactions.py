"""What this department does when something happens elsewhere."""

from __future__ import annotations

from fedele.journal.models import Entry
from fedele.journal.writing import on
from fedele.notices.following import follow


@on("activity.created")
@on("activity.handed_over")
def let_who_asked_follow(entry: Entry) -> None:
    """Who asked a colleague to do something hears of what is said about it."""
    activity = entry.record
    if activity is not None and activity.asked_by is not None:
        follow(activity, activity.asked_by, by_itself=True)
