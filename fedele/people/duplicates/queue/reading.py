"""A page of the queue: groups from the most certain on, as far as this user may see them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from fedele.people.duplicates.queue.models import CERTAIN, Proposal, ProposalGroup, PutOff, Ref
from fedele.people.duplicates.queue.seeing import TYPES, owned_by, sees_all, visible
from fedele.records.registry import registry

HOME = "/duplicates/"
#: Groups on a page; counts go no further than MANY.
SIZE, MANY = 20, 1000

#: What a chip leaves: certain ones, doubtful ones, of one type, leads that are known already.
SHOWS: dict[str, Q] = {
    "sure": Q(rank__gte=CERTAIN),
    "ask": Q(rank__lt=CERTAIN),
    "same": ~Q(kinds__contains="+"),
    "known": Q(kinds__contains="+lead"),
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for. What makes no sense in it is passed over."""

    show: str = ""
    owner: int | None = None
    #: Only the group of this record.
    about: Ref | None = None
    #: Those put off instead of the others.
    later: bool = False
    #: Behind this group: (rank, id).
    after: tuple[int, int] | None = None

    @classmethod
    def of(cls, given: Any, user: Any) -> Asked:
        owner = user.pk if given.get("owner") == "me" else _number(given.get("owner", ""))
        key, _colon, pk = given.get("about", "").partition(":")
        rank, _dot, last = given.get("after", "").partition(".")
        return cls(
            show=given.get("show", "") if given.get("show") in SHOWS else "",
            owner=owner,
            about=(key, number) if key in TYPES and (number := _number(pk)) else None,
            later="later" in given,
            after=(int(rank), number) if rank.isdecimal() and len(rank) < 6 and (number := _number(last)) else None,
        )


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None


@dataclass
class Group:
    """A group with what this user may see of it: the open proposals, and the records in them, the most alike first."""

    stored: ProposalGroup
    proposals: list[Proposal]
    records: list[Any]

    @property
    def pk(self) -> int:
        return self.stored.pk

    @property
    def rank(self) -> int:
        return max(one.rank for one in self.proposals)

    @property
    def is_sure(self) -> bool:
        return self.rank >= CERTAIN

    @property
    def likeness(self) -> float:
        return self.rank % CERTAIN / 1000


def groups_for(user: Any, asked: Asked) -> QuerySet[ProposalGroup]:
    """The groups with a pair the user may see, by certainty."""
    mine, whole = visible(Proposal.objects.open(), user), sees_all(user)
    if asked.owner is not None:
        mine, whole = mine.filter(owned_by(asked.owner)), False
    if asked.about:
        mine, whole = mine.touching({asked.about}), False
    groups = ProposalGroup.objects.order_by("-rank", "id")
    if not whole:
        groups = groups.filter(Exists(mine.filter(group=OuterRef("pk"))))
    late = PutOff.objects.filter(group=OuterRef("pk"), user=user, until__gt=timezone.now())
    if not asked.about:
        groups = groups.filter(Exists(late) if asked.later else ~Exists(late))
    return groups


def page_of(user: Any, asked: Asked) -> tuple[list[Group], str]:
    """The groups, and what the next page begins after ("" at the end)."""
    groups = groups_for(user, asked)
    if asked.show:
        groups = groups.filter(SHOWS[asked.show])
    if asked.after:
        rank, last = asked.after
        groups = groups.filter(Q(rank__lt=rank) | Q(rank=rank, id__gt=last))
    stored = list(groups[: SIZE + 1])
    after = f"{stored[SIZE - 1].rank}.{stored[SIZE - 1].pk}" if len(stored) > SIZE else ""
    return filled(stored[:SIZE], user), after


def filled(stored: list[ProposalGroup], user: Any) -> list[Group]:
    """Groups with their proposals and records: one statement for those, one for each type of these."""
    by_group: dict[int | None, list[Proposal]] = defaultdict(list)
    proposals = visible(Proposal.objects.open().filter(group__in=stored), user)
    for one in proposals.order_by("-is_sure", "-score", "id"):
        by_group[one.group_id].append(one)
    records = seen({ref for of_group in by_group.values() for one in of_group for ref in one.refs}, user)
    found = []
    for group in stored:
        held = [one for one in by_group[group.pk] if all(ref in records for ref in one.refs)]
        refs = dict.fromkeys(ref for one in held for ref in one.refs)
        if held:
            found.append(Group(group, held, sorted((records[ref] for ref in refs), key=_standing)))
    return found


def _standing(record: Any) -> tuple[int, int]:
    """Companies and contacts, who are known, before leads; the oldest first."""
    return TYPES.index(record.record_type), record.pk


def seen(refs: set[Ref], user: Any) -> dict[Ref, Any]:
    found: dict[Ref, Any] = {}
    for key in sorted({one for one, _pk in refs}):
        record_type = registry.by_key(key)
        ids = [pk for one, pk in refs if one == key]
        rows = record_type.model.objects.visible_to(user).filter(pk__in=ids).select_related(*record_type.related())
        found.update({(key, record.pk): record for record in rows})
    return found


def counts_for(user: Any, asked: Asked) -> dict[str, int]:
    """How many groups each chip would leave, none counted further than MANY."""
    groups = groups_for(user, Asked(owner=asked.owner, about=asked.about, later=asked.later))[: MANY + 1]
    rows = ProposalGroup.objects.filter(pk__in=groups.values("pk"))
    return dict(rows.aggregate(all=Count("pk"), **{name: Count("pk", filter=only) for name, only in SHOWS.items()}))


def waiting(user: Any) -> int:
    """How many groups wait for this user, for the menu."""
    return groups_for(user, Asked())[:MANY].count()
