"""The one rule, «the refusal wins», and what follows from it for each record.

What a record said, in the order in which it was written down: a refusal holds from its moment on; a consent ends it only
if the person gave it, later, and knowing of it (`overrides`). The same holds of each address: refused on one record, it is
refused on all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from fedele.people.consents.addresses import hashes_by_channel
from fedele.people.consents.consenting import COLUMNS
from fedele.people.consents.purposes import MAIN
from fedele.people.consents.words import ANY, Stand

#: Any number that nothing else of the product locks by.
LOCK = 0x0C0453


@dataclass(frozen=True)
class State:
    """How a purpose and channel stand: since when, how we know, and whether by somebody else with the same address."""

    stand: str
    at: Any
    source: str
    by_address: bool = False


def serialise(*, writing: bool = True) -> None:
    """Consents are written one after the other; records with addresses only not beside one. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        function = "pg_advisory_xact_lock" if writing else "pg_advisory_xact_lock_shared"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [LOCK])


def own_state(rows: Iterable[Any], purpose: str) -> State | None:
    """What a record's own consents say of a purpose; `rows` of one channel, oldest first."""
    found = None
    for row in rows:
        if row.purpose not in (purpose, ANY):
            continue
        if row.refuses:
            found = State(Stand.NO, row.at, row.source)
        elif found is None or found.stand == Stand.YES or row.overrides:
            found = State(Stand.YES, row.at, row.source)
    return found


def address_state(rows: Iterable[Any], purpose: str) -> State | None:
    """What is known of the addresses: refused if one of them is; `rows` of one channel, oldest first."""
    last: dict[str, Any] = {}
    for row in rows:
        if row.purpose in (purpose, ANY):
            last[row.hash] = row
    refused = [row for row in last.values() if row.refuses]
    return State(Stand.NO, refused[0].at, refused[0].source, by_address=True) if refused else None


def state(own: Sequence[Any], address: Sequence[Any], purpose: str) -> State | None:
    said = own_state(own, purpose)
    if said is not None and said.stand == Stand.NO:
        return said
    return address_state(address, purpose) or said


def states(own: Iterable[Any], address: Iterable[Any], hashes: dict[str, list[str]]) -> dict[tuple[str, str], State]:
    """{(channel, purpose): state} of one record; what is not in it stands as its channel with the purpose ANY."""
    own_by, address_by = defaultdict(list), defaultdict(list)
    for row in own:
        own_by[row.channel].append(row)
    for row in address:
        if row.hash in hashes.get(row.channel, ()):
            address_by[row.channel].append(row)
    found = {}
    for channel in own_by.keys() | address_by.keys():
        rows = own_by[channel], address_by[channel]
        for purpose in {row.purpose for some in rows for row in some}:
            if (now := state(*rows, purpose)) is not None:
                found[channel, purpose] = now
    return found


def look_up(record_type: str, records: Sequence[Any], *, new: bool = False) -> dict[int, dict[tuple[str, str], State]]:
    """{id: states} from what was said and what is suppressed: two statements, however many records. `new` ones said nothing."""
    from fedele.people.consents.models import Consent, Suppression

    hashes = {record.pk: hashes_by_channel(record) for record in records}
    wanted = {one for by_channel in hashes.values() for some in by_channel.values() for one in some}
    own, address = defaultdict(list), defaultdict(list)
    if not new:
        said = Consent.objects.filter(record_type=record_type, record_id__in=list(hashes)).order_by("id")
        for row in said.defer("evidence", "note", "proof"):
            own[row.record_id].append(row)
    for row in Suppression.objects.filter(hash__in=wanted).order_by("id") if wanted else ():
        address[row.hash].append(row)
    return {
        pk: states(own[pk], sorted(_of(by_channel, address), key=lambda row: row.pk), by_channel)
        for pk, by_channel in hashes.items()
    }


def _of(by_channel: dict[str, list[str]], address: dict[str, list[Any]]) -> list[Any]:
    known = {one for some in by_channel.values() for one in some}
    return [row for one in known for row in address.get(one, ())]


def settle(model: Any, records: Sequence[Any], *, new: bool = False) -> None:
    """Writes how these records stand now, for lists; inside the transaction of what changed it."""
    from fedele.people.consents.models import Standing

    found = look_up(model.record_type, records, new=new)
    if not new:
        Standing.objects.filter(record_type=model.record_type, record_id__in=list(found)).delete()
    Standing.objects.bulk_create(
        (
            Standing(
                record_type=model.record_type, record_id=pk, channel=channel, purpose=purpose, stand=now.stand,
                at=now.at, source=now.source, by_address=now.by_address,
            )
            for pk, by in found.items()
            for (channel, purpose), now in by.items()
        ),
        batch_size=500,
    )  # fmt: skip
    _show(model, records, found)


def _show(model: Any, records: Sequence[Any], found: dict[int, dict[tuple[str, str], State]]) -> None:
    """The columns of the records themselves. Neither their version nor their history: the consent has its own entry."""
    changed = []
    for record in records:
        by, before = found[record.pk], [getattr(record, name) for name in COLUMNS.values()]
        for channel, name in COLUMNS.items():
            now = by.get((channel, MAIN)) or by.get((channel, ANY))
            setattr(record, name, now.stand if now else "")
            getattr(record, "_read", {})[name] = getattr(record, name)
        if before != [getattr(record, name) for name in COLUMNS.values()]:
            changed.append(record)
    if len(changed) == 1:
        only = changed[0]
        model.objects.filter(pk=only.pk).update(**{name: getattr(only, name) for name in COLUMNS.values()})
    elif changed:
        models.QuerySet(model).bulk_update(changed, list(COLUMNS.values()), batch_size=200)
