"""Who is to do something is reminded in time, once, also when no worker ran at that minute."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from fedele.calendar.activities.models import Activity
from fedele.notices.telling import tell
from fedele.tasks.jobs import job

#: A reminder of something that began longer ago helps nobody.
TOO_LATE = dt.timedelta(hours=12)
CHUNK = 200


@job()
def remind() -> int:
    """Each minute: tells of what is due; returns how many were told. Each in its own transaction with the mark that it was."""
    count = 0
    due = Activity.objects.filter(remind_at__lte=timezone.now(), trashed_at=None).order_by("remind_at")
    for pk in list(due.values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            one = Activity.objects.select_for_update(of=("self",)).select_related("owner").filter(pk=pk).first()
            if one is None or one.remind_at is None or one.remind_at > timezone.now():
                continue
            at = one.remind_at
            # Not a change anybody made: past the journal, and no conflict for who has it open.
            Activity.objects.filter(pk=pk).update(remind_at=None)
            if one.owner is not None and one.is_planned and timezone.now() - at < TOO_LATE:
                day = one.due_on.isoformat() if one.due_on else ""
                told = f"reminder {pk} {at.isoformat()}"
                tell(one.owner, "activity.reminder", record=one, title=str(one), data={"day": day}, once=told)
                count += 1
    return count
