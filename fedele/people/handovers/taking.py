"""Whoever receives confirms: read, and taken over. The record remembers it, and the giver sees how far it is."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from fedele.journal.acting import act_as
from fedele.journal.writing import entry_for, write_many
from fedele.notices.telling import tell
from fedele.people.handovers.models import Handover, Item
from fedele.records.registry import registry


def take(handover: Handover, user: Any, item_id: int | None = None) -> int:
    """Confirms one customer, or all that `user` was given. Returns how many; twice confirms nothing twice."""
    with transaction.atomic():
        mine = handover.items.select_for_update().filter(
            receiver=user, is_customer=True, is_moved=True, taken_at=None, handover__state=Handover.State.DONE
        )
        items = list(mine.filter(pk=item_id) if item_id else mine)
        if items:
            Item.objects.filter(pk__in=[item.pk for item in items]).update(taken_at=timezone.now())
            _write_down(items, user, handover)
            if not mine.exclude(pk__in=[item.pk for item in items]).exists():
                _tell(handover, user)
    return len(items)


def _write_down(items: list[Item], user: Any, handover: Handover) -> None:
    pairs = []
    with act_as(user):
        for key in {item.record_type for item in items}:
            ids = [item.record_id for item in items if item.record_type == key]
            records = registry.by_key(key).model.objects.filter(pk__in=ids)
            pairs += [(one, entry_for(one, "taken_over", data={"giver": str(handover.giver)})) for one in records]
        write_many(pairs)


def _tell(handover: Handover, user: Any) -> None:
    """Each receiver's last customer is news for those who gave them."""
    for one in {handover.giver, handover.made_by} - {None, user}:
        tell(one, "handover.taken", title=str(handover), url=f"/handovers/{handover.pk}/", actor=user)
