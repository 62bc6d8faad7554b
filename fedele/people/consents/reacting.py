"""What follows by itself: new and changed addresses are looked up, a converted lead hands on what it said."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from fedele.base.models import records_written
from fedele.journal.models import Entry
from fedele.journal.writing import on
from fedele.people.consents.addresses import FIELDS, all_hashes
from fedele.people.consents.consenting import Consenting
from fedele.people.consents.models import Standing, Suppression
from fedele.people.consents.recording import carry, settle_all_with, suppress
from fedele.people.consents.standing import serialise, settle
from fedele.people.consents.words import Stand


@receiver(records_written, dispatch_uid="consents of addresses")
def look_up_addresses(sender: Any, records: list[Any], changed: set[str] | None, **_kwargs: Any) -> None:
    """A suppressed address that comes back, by import, form or mail, is refused before anybody can use it."""
    if not issubclass(sender, Consenting):
        return
    if changed is not None and "erased" in changed:
        Standing.objects.filter(record_type=sender.record_type, record_id__in=[one.pk for one in records]).delete()
    elif changed is None:
        _look_up_new(sender, records)
    elif changed & FIELDS:
        _look_up_changed(sender, records)


def _look_up_new(model: Any, records: list[Any]) -> None:
    hashes = {one.pk: all_hashes(one) for one in records}
    wanted = {key for some in hashes.values() for key in some}
    if not wanted:
        return
    serialise(writing=False)
    known = set(Suppression.objects.filter(hash__in=wanted).values_list("hash", flat=True))
    if found := [one for one in records if hashes[one.pk] & known]:
        settle(model, found, new=True)


def _look_up_changed(model: Any, records: list[Any]) -> None:
    """The old address stays refused; what the record itself refused goes with it to its new one."""
    serialise(writing=False)
    by_id = {one.pk: one for one in records}
    # A consent is the record's own, whatever its addresses: only refusals are looked at.
    rows = Standing.objects.filter(record_type=model.record_type, record_id__in=list(by_id), stand=Stand.NO)
    hashes = {key for one in records for key in all_hashes(one)}
    known = Suppression.objects.filter(hash__in=hashes).values_list("pk", "channel", "purpose", "refuses")
    # Nearly always there is neither, and one statement says so.
    if not rows.values_list("record_id", "channel", "purpose", "by_address").union(known, all=True)[:1]:
        return
    own = [row for row in rows if not row.by_address]
    for row in own:
        suppress(by_id[row.record_id], row.channel, row.purpose, at=row.at, source=row.source)
    settle(model, records)
    for record_id, channel in {(row.record_id, row.channel): None for row in own}:
        settle_all_with(by_id[record_id], channel)


@on("lead.converted")
def hand_on(entry: Entry) -> None:
    """To the person; to the company where the lead named nobody."""
    lead = entry.record
    heir = lead and (lead.contact or lead.company)
    if heir is not None:
        carry(lead, heir)
