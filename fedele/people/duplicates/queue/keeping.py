"""Keeps the proposals in step with the records: what is new or changed is looked at, what goes takes its proposals along."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from fedele.base.models import records_written
from fedele.journal.acting import acting
from fedele.journal.models import Entry
from fedele.journal.writing import on
from fedele.people.duplicates.queue.grouping import one_at_a_time, regroup, regroup_within
from fedele.people.duplicates.queue.looking import look
from fedele.people.duplicates.queue.models import FoundBy, Proposal, Ref, State, between

ADDRESS = frozenset({"street", "postcode", "city", "province", "country"})
#: The fields by which two records are told from each other; a change of others says nothing new.
COMPARED: dict[str, frozenset[str]] = {
    "company": ADDRESS | {"name", "vat_number", "tax_code", "phone", "email", "pec", "website"},
    "contact": ADDRESS | {"first_name", "last_name", "company", "email", "phone", "mobile", "tax_code"},
    "lead": ADDRESS
    | {"first_name", "last_name", "company_name", "email", "phone", "mobile", "vat_number", "website", "stage"},
}

DOORS = {"import": FoundBy.IMPORT, "api": FoundBy.API, "mail": FoundBy.MAIL}


@receiver(records_written)
def follow(sender: Any, records: list[Any], changed: set[str] | None, **_kwargs: Any) -> None:
    """Looking is left to a job after the write, so that nobody waits for it."""
    key = sender.record_type
    if key not in COMPARED:
        return
    if changed == {"erased"}:
        forget({(key, record.pk) for record in records})
        return
    if changed is not None and "trashed_at" in changed:
        _take_out({(key, record.pk) for record in records if record.is_trashed})
    elif changed is not None and not changed & COMPARED[key]:
        return
    ids = [record.pk for record in records if not record.is_trashed]
    if ids:
        found_by = str(DOORS.get(acting().door, FoundBy.ENTRY))
        transaction.on_commit(lambda: look.enqueue(key, ids, found_by))


def _take_out(refs: set[Ref]) -> None:
    """In the trash nothing asks to be decided; when it comes back it is looked at again."""
    if refs:
        one_at_a_time()
    gone = list(Proposal.objects.open().touching(refs)) if refs else []
    if gone:
        Proposal.objects.filter(pk__in=[one.pk for one in gone]).delete()
        regroup_within(one.group_id for one in gone)


def forget(refs: set[Ref]) -> None:
    """Erased for good: what was decided about them goes too."""
    _take_out(refs)
    Proposal.objects.touching(refs).delete()


@on("lead.converted")
def link_with_heirs(entry: Entry) -> None:
    """What the lead became is no duplicate of it; its other proposals go, as the heirs stand for it from now on."""
    lead = entry.record
    if lead is None:
        return
    heirs = [("company", lead.company_id), ("contact", lead.contact_id)]
    settle([(("lead", lead.pk), (key, pk)) for key, pk in heirs if pk], State.LINKED, entry.actor)
    _take_out({("lead", lead.pk)})


def settle(pairs: list[tuple[Ref, Ref]], state: str, user: Any) -> None:
    """Pairs that were decided elsewhere: by a conversion, a merge."""
    groups = set()
    one_at_a_time()
    for one, two in pairs:
        rows = Proposal.objects.filter(**between(one, two))
        groups |= set(rows.values_list("group", flat=True))
        rows.update(state=state, decided_by=user, decided_at=timezone.now(), group=None)
    regroup_within(groups)


@on("company.merged_into")
@on("contact.merged_into")
@on("lead.merged_into")
def follow_merge(entry: Entry) -> None:
    """The two are one. What the one was told apart from the other is told apart from too."""
    batch = entry.batch
    survivor = (batch.data or {}).get("survivor") if batch else None
    if not survivor:
        return
    gone, here = (entry.record_type, entry.record_id), (entry.record_type, survivor)
    settle([(gone, here)], State.MERGED, entry.actor)
    apart = Proposal.objects.filter(state=State.APART).touching({gone})
    Proposal.objects.bulk_create(
        [_inherited(one, one.other(gone), here) for one in apart if one.other(gone) != here], ignore_conflicts=True
    )


def _inherited(one: Proposal, other: Ref, here: Ref) -> Proposal:
    return Proposal(
        **between(other, here), score=one.score, is_sure=one.is_sure, reasons=one.reasons, state=State.APART,
        found_by=FoundBy.MERGE, decided_by_id=one.decided_by_id, decided_at=one.decided_at,
    )  # fmt: skip


@on("company.taken_out")
@on("contact.taken_out")
@on("lead.taken_out")
def follow_unmerge(entry: Entry) -> None:
    """Two again: whether they are one is to be decided again, and what the one had from the other goes."""
    here = {(entry.record_type, entry.record_id)}
    reopen(Proposal.objects.touching(here).filter(state=State.MERGED).values_list("pk", flat=True))
    others = {ref for one in Proposal.objects.touching(here).filter(state=State.APART) for ref in one.refs} - here
    Proposal.objects.filter(found_by=FoundBy.MERGE).touching(others).delete()


@on("lead.undone")
def unlink(entry: Entry) -> None:
    """A conversion was taken back: what was linked by it is to be decided again."""
    linked = Proposal.objects.touching({("lead", entry.record_id)}).filter(state=State.LINKED)
    reopen(linked.values_list("pk", flat=True))


def reopen(ids: Any) -> None:
    """A decision was taken back."""
    one_at_a_time()
    back = list(Proposal.objects.filter(pk__in=list(ids)).exclude(state=State.OPEN))
    if back:
        Proposal.objects.filter(pk__in=[one.pk for one in back]).update(
            state=State.OPEN, decided_by=None, decided_at=None
        )
        regroup({ref for one in back for ref in one.refs})
