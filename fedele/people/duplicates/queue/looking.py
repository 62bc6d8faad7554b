"""Looks what some records are like, and keeps the proposals about them true."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fedele.people.duplicates.engine import Match, Reason, compare
from fedele.people.duplicates.finding import alike
from fedele.people.duplicates.index import identity_of
from fedele.people.duplicates.queue.models import Proposal, Ref
from fedele.people.duplicates.queue.proposing import Alike, Count, no_longer, propose
from fedele.people.leads.life import LeadStage
from fedele.records.registry import registry
from fedele.tasks.jobs import job

#: So many others a record is at most proposed with at a time.
MOST = 10


@job(retries=3)
def look(record_type: str, ids: list[int], found_by: str) -> None:
    """After records came or changed: who they are like now, and who they are no longer like."""
    known = living({(record_type, pk) for pk in ids})
    before = Proposal.objects.open().touching({(record_type, pk) for pk in ids})
    pairs = pairs_of(list(known.values()))
    propose(pairs, found_by)
    found = {one.pair for one in pairs}
    no_longer(stale([one for one in before if one.refs not in found]))


def pairs_of(records: list[Any]) -> list[Alike]:
    """What these stored records are like, certain or to be asked."""
    if not records:
        return []
    found = [
        made((record.record_type, record.pk), (one.record_type, one.record_id), one.match)
        for record, others in zip(records, alike([identity_of(one) for one in records], limit=MOST + 1), strict=True)
        for one in others
        if (one.record_type, one.record_id) != (record.record_type, record.pk)
    ]
    return worth_asking(found)


def made(one: Ref, two: Ref, match: Match) -> Alike:
    return Alike(one, two, match.score, match.verdict == "same", [kept(reason) for reason in match.reasons])


def kept(reason: Reason) -> list[Any]:
    """A reason to be stored: its code, and of the two values only what its words need."""
    a, b = (reason.a, reason.b) if reason.code == "given_short" else ("", "")
    return [reason.code, a, b, reason.share if isinstance(reason.share, int | float) else str(reason.share)]


def worth_asking(found: list[Alike]) -> list[Alike]:
    """Without those whose record is no longer there, and without converted leads: what they became stands for them."""
    alive = living({ref for one in found for ref in one.pair})
    return [one for one in found if all(ref in alive and not is_past(alive[ref]) for ref in one.pair)]


def is_past(record: Any) -> bool:
    return record.record_type == "lead" and record.stage == LeadStage.CONVERTED


def living(refs: set[Ref]) -> dict[Ref, Any]:
    """The records that are there and not in the trash: one statement a type."""
    found: dict[Ref, Any] = {}
    for key in sorted({record_type for record_type, _pk in refs}):
        record_type = registry.get(key)
        if record_type is None:
            continue
        ids = [pk for one, pk in refs if one == key]
        rows = record_type.model.objects.filter(pk__in=ids, trashed_at=None).select_related(*_named_by(key))
        found.update({(key, record.pk): record for record in rows})
    return found


def _named_by(key: str) -> tuple[str, ...]:
    """The relations an identity is made of."""
    return ("company",) if key == "contact" else ()


def stale(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Those among open proposals whose records, as they are now, are not alike."""
    listed = list(proposals)
    records = living({ref for one in listed for ref in one.refs})
    return [one for one in listed if not _holds(one, records)]


def _holds(proposal: Proposal, records: dict[Ref, Any]) -> bool:
    a, b = (records.get(ref) for ref in proposal.refs)
    if a is None or b is None or is_past(a) or is_past(b):
        return False
    return compare(identity_of(a), identity_of(b)).verdict != "no"


__all__ = ["Count", "look", "made", "pairs_of", "stale", "worth_asking"]
