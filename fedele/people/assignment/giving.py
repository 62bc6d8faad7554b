"""Stores what was dealt: new records in the transaction that makes them, known ones in chunks, with journal and log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from fedele.base.models import records_written
from fedele.journal.acting import acting, gathering
from fedele.journal.models import Batch
from fedele.journal.storing import insert_many, update_many
from fedele.journal.writing import entry_for, write_many
from fedele.people.assignment.dealing import Deal, Dealer, rules_for
from fedele.people.assignment.models import Given, Handout
from fedele.people.assignment.telling import tell_soon
from fedele.records.assigning import assigns
from fedele.records.declare import RecordType

CHUNK = 200


@assigns(*Given.values)
def set_owners(records: Sequence[Any], _user: Any) -> None:
    """Owner and team of new, unsaved records that have nobody. Their entries follow when they are stored."""
    nobodys = [record for record in records if record.owner_id is None]
    if not nobodys:
        return
    with transaction.atomic():
        rules = rules_for(nobodys[0].record_type, lock=True)
        if not rules:
            return
        dealer = Dealer(nobodys[0].record_type, rules)
        for record in nobodys:
            record.dealt = deal = dealer.deal(record)
            record.owner, record.team_id = deal.user, deal.team_id or record.team_id
        dealer.keep()


@receiver(records_written, dispatch_uid="assignment.remember")
def remember(records: Sequence[Any], changed: set[str] | None, **_kwargs: Any) -> None:
    """Says of records just made who has them and why. Not in the batch that made them: its undo must find them untouched."""
    dealt = [record for record in records if "dealt" in record.__dict__] if changed is None else []
    if not dealt:
        return
    pairs = []
    for record in dealt:
        kind, data = told(record.__dict__.pop("dealt"))
        record.__dict__["dealt_as"] = kind
        entry = entry_for(record, kind, data=data)
        entry.batch = None
        pairs.append((record, entry, data))
    with gathering():
        write_many((record, entry) for record, entry, _data in pairs)
    log((record, record.owner_id, data) for record, _entry, data in pairs)


def told(deal: Deal) -> tuple[str, dict[str, Any]]:
    """Kind and data of the entry a deal leaves."""
    data: dict[str, Any] = {"owner": str(deal.user)} if deal.user else {"why": str(deal.why)}
    if deal.rule is not None:
        data |= {"rule": deal.rule.name, "rule_id": deal.rule.pk}
    if deal.user is None:
        return "queued", data
    if deal.absent is not None:
        return "given_for", data | {"absent": str(deal.absent), "absent_id": deal.absent.pk}
    return ("given" if deal.rule is not None else "assigned"), data


def log(rows: Iterable[tuple[Any, int | None, dict[str, Any]]]) -> None:
    """What limits, notices and the load view count; whoever was given something hears of it soon, once."""
    actor, now = acting().user, timezone.now()
    handouts = [
        Handout(
            record_type=record.record_type, record_id=record.pk, user_id=owner_id, absent_id=data.get("absent_id"),
            rule_id=data.get("rule_id"), reason=data.get("rule", ""), actor=actor, at=now,
            is_told=actor is not None and actor.pk == owner_id,
        )
        for record, owner_id, data in rows
        if owner_id
    ]  # fmt: skip
    insert_many(Handout, handouts)
    if any(not one.is_told for one in handouts):
        tell_soon()


@dataclass
class Gave:
    batch: Batch | None = None
    changed: int = 0
    #: Not there any more, not the user's to change, or somebody's already.
    skipped: int = 0
    per_user: dict[str, int] = field(default_factory=dict)


def give_some(
    record_type: RecordType, deals: Mapping[int, Deal], user: Any, gave: Gave, *, kind: str = "",
    data: dict[str, Any] | None = None, log_it: bool = True, only_of: int | None = None,
) -> set[int]:  # fmt: skip
    """Inside a transaction; returns which ones moved. Without a user nobody's rights are asked.

    `kind` and `data` belong to entries that are no ordinary assignment; `only_of` leaves alone what is not this person's.
    """
    model, pairs, rows = record_type.model, [], []
    for record in model.objects.select_for_update(of=("self",)).filter(pk__in=deals, trashed_at=None).order_by("pk"):
        deal = deals[record.pk]
        if deal.user is None or record.owner_id == deal.user.pk or only_of not in (None, record.owner_id):
            continue
        if user is not None and not user.rights.covers(record, "edit"):
            continue
        usual, said = told(deal)
        record.owner, record.team_id = deal.user, deal.user.team_id
        changes = record.changes()
        record.version, record.updated_at = record.version + 1, timezone.now()
        pairs.append((record, entry_for(record, kind or usual, changes=changes, data={**said, **(data or {})})))
        rows.append((record, deal.user.pk, said))
        gave.per_user[str(deal.user)] = gave.per_user.get(str(deal.user), 0) + 1
    gave.skipped += len(deals) - len(pairs)
    gave.changed += len(pairs)
    if pairs:
        _store(model, pairs)
        if log_it:
            log(rows)
    return {record.pk for record, _entry in pairs}


def _store(model: Any, pairs: list[tuple[Any, Any]]) -> None:
    records = [record for record, _entry in pairs]
    update_many(model, records, {"owner", "team", "version", "updated_at"})
    write_many(pairs)
    records_written.send(model, records=records, changed={"owner", "team"})
