"""From a portfolio to the lines of a handover: what goes, to whom, with which briefing. Nothing changes hands yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils.translation import override

from fedele.base.house import house
from fedele.journal.storing import give_ids, insert_many
from fedele.people.assignment.models import Area
from fedele.people.assignment.places import area_of
from fedele.people.handovers.briefing import briefings_of
from fedele.people.handovers.models import Handover, Item, Split
from fedele.records.query import ListQuery
from fedele.records.registry import registry
from fedele.tasks.jobs import job
from fedele.tasks.models import Progress

CHUNK = 200
AS_A_JOB = 200


def going(handover: Handover, user: Any) -> Iterator[tuple[Any, Any]]:
    """(record type, its records that go): owned by the giver, within the scope, and `user`'s to change."""
    for record_type in registry:
        if record_type.key in handover.scope and user.rights.may("edit", record_type.key):
            query = ListQuery.read(record_type, user, handover.scope[record_type.key], strict=True)
            yield record_type, query.records("edit").filter(owner=handover.giver)


def count_of(handover: Handover, user: Any) -> int:
    return sum(records.order_by().count() for _record_type, records in going(handover, user))


def prepare(handover: Handover, user: Any, *, progress: Any = None) -> int:
    """Writes the lines anew. Customers are divided; what belongs to one of them goes along. Returns how many there are."""
    divide, known, count = Dividing(handover), {}, 0
    handover.items.all().delete()
    for record_type, records in going(handover, user):
        ids = list(records.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), CHUNK):
            chunk = list(record_type.model.objects.filter(pk__in=ids[start : start + CHUNK]).order_by("pk"))
            items = _items(handover, chunk, known, divide)
            with transaction.atomic():
                give_ids(Item, items)
                for item in items:
                    item.leader_id = item.leader.pk if item.leader else None
                insert_many(Item, items)
                if progress is not None:
                    progress.advance(len(chunk))
            brief([item for item in items if item.is_customer], {record.pk: record for record in chunk})
            count += len(items)
    Handover.objects.filter(pk=handover.pk, state=Handover.State.PREPARING).update(state=Handover.State.DRAFT)
    return count


def _items(handover: Handover, records: list[Any], known: dict[tuple[str, int], Item], divide: Dividing) -> list[Item]:
    """Lines not yet stored. Each may be the leader of those that come after it, in this chunk and in later ones."""
    items = []
    for record in records:
        item = Item(handover=handover, record_type=record.record_type, record_id=record.pk, title=str(record)[:200])
        item.place = str(getattr(record, "place", "") or "")[:160]
        leader = next((known[link] for link in record.timelines() if link in known), None)
        if leader is not None:
            item.leader, item.receiver_id = leader.leader or leader, leader.receiver_id
        else:
            # What is closed goes too, but nobody has to confirm it.
            item.is_customer, item.receiver_id = bool(getattr(record, "is_open", True)), divide.next_for(record)
        known[record.record_type, record.pk] = item
        items.append(item)
    return items


class Dividing:
    """Whose turn it is, by the way chosen."""

    def __init__(self, handover: Handover) -> None:
        self.receivers = list(handover.receivers.order_by("pk").values_list("pk", flat=True))
        self.split, self.turn = handover.split, 0
        areas = Area.objects.filter(line="", user__in=self.receivers).values_list("province", "user_id")
        self.areas = dict(areas) if self.split == Split.PROVINCE else {}

    def next_for(self, record: Any) -> int:
        if self.split == Split.FIRST:
            return int(self.receivers[0])
        if self.areas and hasattr(record, "province") and (found := self.areas.get(area_of(record))):
            return int(found)
        self.turn += 1
        return int(self.receivers[(self.turn - 1) % len(self.receivers)])


def brief(items: list[Item], records: dict[int, Any]) -> None:
    """Writes down what there is to know of each customer now, in the words of whoever receives it."""
    for receiver_id in {item.receiver_id for item in items}:
        mine = [item for item in items if item.receiver_id == receiver_id]
        reader = mine[0].receiver
        with override(reader.language or house().language):
            told = briefings_of(mine[0].record_type, [records[item.record_id] for item in mine], reader)
        for item in mine:
            item.briefing = [[label, lines] for label, lines in told[item.record_id]]
    Item.objects.bulk_update(items, ["briefing"], batch_size=CHUNK)


@job()
def prepare_later(progress_id: int, handover_id: int) -> None:
    with Progress.working(progress_id) as progress:
        handover = Handover.objects.get(pk=handover_id)
        prepare(handover, progress.user, progress=progress)
        progress.finish(url=f"/handovers/{handover_id}/")
