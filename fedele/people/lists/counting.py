"""Keeps how many living names came with each list, in the transaction of every write of a name."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import F
from django.db.models.functions import Greatest
from django.dispatch import receiver

from fedele.base.models import records_written
from fedele.people.lists.models import PurchasedList
from fedele.people.lists.origin import Originated


@receiver(records_written, dispatch_uid="names of lists")
def count_names(sender: Any, records: list[Any], changed: set[str] | None, **_kwargs: Any) -> None:
    if not issubclass(sender, Originated):
        return
    steps: Counter[int | None] = Counter()
    for record in records:
        _count(record, changed, steps)
    for key, step in steps.items():
        if key and step:
            PurchasedList.objects.filter(pk=key).update(names=Greatest(F("names") + step, 0))


def _count(record: Any, changed: set[str] | None, steps: Counter[int | None]) -> None:
    if changed is None:
        steps[record.origin_list_id] += 1
    elif "trashed_at" in changed:
        steps[record.origin_list_id] += -1 if record.is_trashed else 1
    elif record.is_trashed:
        return
    elif "erased" in changed:
        steps[record.origin_list_id] -= 1
    elif "origin_list" in changed and record.left_list is not Originated.left_list:
        steps[record.left_list] -= 1
        steps[record.origin_list_id] += 1
        del record.left_list
