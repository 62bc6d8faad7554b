"""What was found alike becomes proposals: new ones open, decided ones stay decided, those no longer alike go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from fedele.people.duplicates.queue.grouping import LARGEST, Together, one_at_a_time, regroup, regroup_within
from fedele.people.duplicates.queue.models import Proposal, Ref, State, between, ordered


@dataclass(frozen=True)
class Alike:
    """Two stored records that the engine finds alike."""

    one: Ref
    two: Ref
    score: float
    is_sure: bool
    #: [code, value, value, share] as the engine's Reason takes them.
    reasons: list[list[Any]] = field(default_factory=list)

    @property
    def pair(self) -> tuple[Ref, Ref]:
        return ordered(self.one, self.two)


@dataclass
class Count:
    new: int = 0
    known: int = 0
    #: Told apart before, and not asked again.
    decided: int = 0


def propose(found: Iterable[Alike], found_by: str) -> Count:
    """Stores what was found, some hundred pairs at a time, in one transaction."""
    pairs = {one.pair: one for one in found}
    count = Count()
    if not pairs:
        return count
    with transaction.atomic():
        one_at_a_time()
        known = _known(set(pairs))
        changed = [_seen_again(known[pair], one, count) for pair, one in pairs.items() if pair in known]
        Proposal.objects.bulk_update(
            changed, ["score", "is_sure", "reasons", "seen_at", "state", "decided_by", "decided_at"], batch_size=200
        )
        fresh = _small_enough([_made(pair, one, found_by) for pair, one in pairs.items() if pair not in known])
        Proposal.objects.bulk_create(fresh, batch_size=200, ignore_conflicts=True)
        count.new += len(fresh)
        regroup({ref for one in [*fresh, *changed] if one.is_open for ref in one.refs})
    return count


def _known(pairs: set[tuple[Ref, Ref]]) -> dict[tuple[Ref, Ref], Proposal]:
    """Of these pairs those that are stored, locked: a decision made meanwhile is not written over."""
    by_type: dict[tuple[str, str], set[int]] = defaultdict(set)
    for (type_a, id_a), (type_b, _id) in pairs:
        by_type[type_a, type_b].add(id_a)
    found = {}
    for (type_a, type_b), ids in by_type.items():
        rows = Proposal.objects.select_for_update().filter(type_a=type_a, type_b=type_b, id_a__in=ids)
        found.update({one.refs: one for one in rows if one.refs in pairs})
    return found


def _made(pair: tuple[Ref, Ref], one: Alike, found_by: str) -> Proposal:
    return Proposal(**between(*pair), score=one.score, is_sure=one.is_sure, reasons=one.reasons, found_by=found_by)


def _seen_again(known: Proposal, one: Alike, count: Count) -> Proposal:
    """An open one is brought up to date; of the decided ones see `_asks_again`."""
    known.seen_at = timezone.now()
    if known.is_open:
        count.known += 1
    elif _asks_again(known, one):
        known.state, known.decided_by, known.decided_at = State.OPEN, None, None
        count.new += 1
    else:
        count.decided += 1
        return known
    known.score, known.is_sure, known.reasons = one.score, one.is_sure, one.reasons
    return known


def _asks_again(known: Proposal, one: Alike) -> bool:
    """Told apart while one could doubt, and certain now: an e-mail, a phone, a tax code came to be the same since.

    Merged and linked pairs are alike by what was decided and never asked again.
    """
    return known.state == State.APART and one.is_sure and not known.is_sure


def _small_enough(fresh: list[Proposal]) -> list[Proposal]:
    """Without those that would make a group larger than anybody can look through, the least alike first."""
    if not fresh:
        return fresh
    together = Together()
    groups = Proposal.objects.open().touching({ref for one in fresh for ref in one.refs}).values("group")
    for known in Proposal.objects.open().filter(group__in=groups):
        together.join(*known.refs)
    kept = []
    for one in sorted(fresh, key=lambda one: -one.rank):
        a, b = one.refs
        if together.top(a) == together.top(b) or together.size(a) + together.size(b) <= LARGEST:
            together.join(a, b)
            kept.append(one)
    return kept


def no_longer(proposals: Iterable[Proposal]) -> int:
    """Open proposals whose records are not alike any more, or no longer there, are taken out. Returns how many."""
    gone = list(proposals)
    with transaction.atomic():
        one_at_a_time()
        _all, by_model = Proposal.objects.open().filter(pk__in=[one.pk for one in gone]).delete()
        regroup_within(one.group_id for one in gone)
    return by_model.get("people.Proposal", 0)
