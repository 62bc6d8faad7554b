"""Which open proposals hang together: kept with every one that is found or decided, so that the queue only reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection, transaction

from fedele.people.duplicates.queue.models import Proposal, ProposalGroup, Ref

#: More records than these are not gathered into one group: further pairs come when these are decided.
LARGEST = 50


#: Any number, the same for everybody.
_LOCK = 7_283_114


def one_at_a_time() -> None:
    """Until the end of this transaction nobody else finds, decides or groups: two would each see half of what is open.

    Asked for before any row is locked, so that two never wait for each other. SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def regroup(refs: set[Ref]) -> None:
    """Groups anew all open proposals that hang together with these records: groups meet, grow, fall apart, or end."""
    with transaction.atomic():
        touched = list(Proposal.objects.open().touching(refs)) if refs else []
        groups = {one.group_id for one in touched if one.group_id is not None}
        known = list(Proposal.objects.open().filter(group__in=groups).select_for_update()) if groups else []
        _lay_out({one.pk: one for one in [*touched, *known]}.values(), groups)


def regroup_within(groups: Iterable[int | None]) -> None:
    """Proposals of these groups were decided: what stays open of them may fall apart."""
    ids = {one for one in groups if one is not None}
    with transaction.atomic():
        _lay_out(Proposal.objects.open().filter(group__in=ids).select_for_update(), ids)


def _lay_out(proposals: Iterable[Proposal], groups: set[int]) -> None:
    """Each part that hangs together keeps the oldest of the groups in it that no other part has taken."""
    free, changed = set(groups), []
    for part in parts_of(proposals):
        mine = sorted({one.group_id for one in part if one.group_id is not None} & free)
        group = ProposalGroup(pk=mine[0] if mine else None)
        free.discard(group.pk)
        _describe(group, part)
        for one in part:
            if one.group_id != group.pk:
                one.group = group
                changed.append(one)
    Proposal.objects.bulk_update(changed, ["group"], batch_size=500)
    ProposalGroup.objects.filter(pk__in=free).delete()


def _describe(group: ProposalGroup, part: list[Proposal]) -> None:
    refs = {ref for one in part for ref in one.refs}
    values = {
        "rank": max(one.rank for one in part),
        "size": len(refs),
        "kinds": "+".join(sorted({record_type for record_type, _key in refs})),
    }
    if group.pk is not None:
        ProposalGroup.objects.filter(pk=group.pk).exclude(**values).update(**values)
        return
    for name, value in values.items():
        setattr(group, name, value)
    group.since = min(one.found_at for one in part)
    group.save(force_insert=True)


class Together:
    """Which records hang together, and how many they are."""

    def __init__(self) -> None:
        self._above: dict[Ref, Ref] = {}
        self._sizes: dict[Ref, int] = {}

    def top(self, ref: Ref) -> Ref:
        """The same for all records of a part."""
        above = self._above
        while above.setdefault(ref, ref) != ref:
            above[ref] = ref = above[above[ref]]
        return ref

    def size(self, ref: Ref) -> int:
        return self._sizes.get(self.top(ref), 1)

    def join(self, one: Ref, two: Ref) -> None:
        a, b = self.top(one), self.top(two)
        if a != b:
            size = self.size(a) + self.size(b)
            self._above[a] = b
            self._sizes[b] = size


def parts_of(proposals: Iterable[Proposal]) -> list[list[Proposal]]:
    """The proposals in parts that share no record, each part and the parts themselves from the oldest on."""
    together, listed = Together(), sorted(proposals, key=lambda one: one.pk)
    for one in listed:
        together.join(*one.refs)
    parts: dict[Ref, list[Proposal]] = defaultdict(list)
    for one in listed:
        parts[together.top(one.refs[0])].append(one)
    return list(parts.values())
