"""Many activities to one colleague, in one act."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from fedele.base.models import Conflict
from fedele.base.verbs import Refused
from fedele.calendar.activities.models import Activity
from fedele.journal.acting import act_as
from fedele.journal.models import Batch
from fedele.journal.writing import open_batch


def give(user: Any, ids: list[int], to: Any) -> tuple[Batch, int, int]:
    """(batch, how many were given, how many were left as they are). Each by its verb, so that each is asked and told."""
    given = left = 0
    with act_as(user, door="screen"), transaction.atomic():
        batch = open_batch("act", record_type="activity", title=str(to))
        with act_as(batch=batch):
            for one in Activity.objects.visible_to(user, "edit").filter(pk__in=ids).select_related("owner"):
                try:
                    one.hand_over(to)
                    given += 1
                except (Refused, Conflict):
                    left += 1
    return batch, given, left
