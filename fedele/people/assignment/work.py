"""Dealing many records at once: now, or as a job with a progress page when they are very many. One batch, undone as one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from fedele.journal.acting import act_as
from fedele.journal.models import Batch
from fedele.journal.writing import open_batch
from fedele.people.assignment.dealing import Deal, Dealer, rules_for
from fedele.people.assignment.giving import CHUNK, Gave, give_some
from fedele.records.registry import registry
from fedele.tasks.jobs import job
from fedele.tasks.models import Progress

AS_A_JOB = 200


def start(user: Any, record_type: str, ids: list[int], *, to: list[int] | None = None) -> Gave | Progress:
    """Deals `ids` by the rules, or evenly among the users `to`. Returns what was done, or the progress of its job."""
    title = _("Assign by the rules") if to is None else _("Give to colleagues")
    order = {"record_type": record_type, "ids": ids, "to": to}
    batch = open_batch("bulk", record_type=record_type, title=title, data=order)
    if len(ids) > AS_A_JOB:
        url = registry.by_key(record_type).url()
        return Progress.start(
            user, title, "bulk", total=len(ids), record_type=record_type, url=url, job=run, args=(batch.pk,)
        )
    gave = Gave(batch)
    with act_as(user, batch=batch), transaction.atomic():
        _deal_some(order, ids, 0, user, gave)
    _forget_order(batch)
    return gave


@job()
def run(progress_id: int, batch_id: int) -> None:
    """Taken up again, it goes on after the last chunk that was stored."""
    with Progress.working(progress_id) as progress:
        batch = Batch.objects.get(pk=batch_id)
        order, gave = batch.data, Gave(batch)
        with act_as(progress.user, door="screen", batch=batch):
            for at in range(progress.done, len(order["ids"]), CHUNK):
                chunk = order["ids"][at : at + CHUNK]
                with transaction.atomic():
                    changed, skipped = gave.changed, gave.skipped
                    _deal_some(order, chunk, at, progress.user, gave)
                    progress.advance(len(chunk), changed=gave.changed - changed, skipped=gave.skipped - skipped)
        _forget_order(batch)
        progress.finish(url=f"/undo/batch/{batch.pk}/")


def _forget_order(batch: Batch) -> None:
    batch.data = {}
    batch.save(update_fields=["data"])


def _deal_some(order: dict[str, Any], ids: list[int], at: int, user: Any, gave: Gave) -> None:
    record_type = registry.by_key(order["record_type"])
    if order["to"] is not None:
        users = get_user_model().objects.filter(pk__in=order["to"], is_active=True).order_by("pk")
        turns = list(users.select_related("team"))
        deals = {key: Deal(turns[(at + place) % len(turns)]) for place, key in enumerate(ids)} if turns else {}
        give_some(record_type, deals, user, gave)
        return
    dealer = Dealer(record_type.key, rules_for(record_type.key, lock=True))
    found = record_type.model.objects.visible_to(user, "edit").in_bulk(ids)
    deals = {key: dealer.deal(found[key]) for key in ids if key in found}
    give_some(record_type, deals, user, gave)
    gave.skipped += len(ids) - len(deals)
    dealer.keep()
