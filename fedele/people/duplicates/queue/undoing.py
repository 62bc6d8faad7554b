"""The way back of what was decided in the queue: one decision, or many merges at once."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.base.verbs import Refused
from fedele.journal.acting import act_as
from fedele.journal.models import Batch
from fedele.people.duplicates.queue.deciding import BATCH
from fedele.people.duplicates.queue.keeping import reopen
from fedele.people.duplicates.queue.models import Proposal, State
from fedele.people.duplicates.queue.seeing import editable
from fedele.records.merging.apart import unmerge
from fedele.records.undo import Outcome, goes_back

#: The kind of batch that groups merged together are.
MERGES = "duplicate_merges"


def undo_apart(batch: Batch, user: Any) -> Outcome:
    """The pairs ask again to be decided, if nobody has decided otherwise since."""
    outcome = Outcome()
    with transaction.atomic(), act_as(user):
        _take(batch)
        pairs = list(Proposal.objects.filter(pk__in=batch.data["proposals"], state=State.APART))
        records = editable({ref for one in pairs for ref in one.refs}, user)
        mine = [one for one in pairs if all(ref in records for ref in one.refs)]
        for one in mine:
            records[one.refs[0]].journal("asked_again", other=records[one.refs[1]].number or "")
        reopen([one.pk for one in mine])
    outcome.undone = len(mine)
    return outcome


def undo_merges(batch: Batch, user: Any) -> Outcome:
    """Each merge is taken apart by itself: those somebody has gone on from stay."""
    outcome = Outcome()
    with transaction.atomic():
        _take(batch)
        for one in Batch.objects.filter(pk__in=batch.data["merges"], undone_at=None).order_by("-pk"):
            try:
                outcome.undone += len(unmerge(one, user).others)
            except (Refused, PermissionDenied):
                outcome.kept.append((one.record_type, one.data["survivor"], one.title))
    return outcome


def _take(batch: Batch) -> None:
    if not Batch.objects.filter(pk=batch.pk, undone_at=None).update(undone_at=timezone.now()):
        raise Refused(_("This was already undone."))


def preview_apart(batch: Batch, _user: Any) -> dict[str, int]:
    pairs = Proposal.objects.filter(pk__in=batch.data["proposals"], state=State.APART)
    return {"removed": 0, "undone": pairs.count(), "kept": 0}


def preview_merges(batch: Batch, _user: Any) -> dict[str, int]:
    left = Batch.objects.filter(pk__in=batch.data["merges"], undone_at=None).count()
    return {"removed": 0, "undone": left, "kept": len(batch.data["merges"]) - left}


goes_back(BATCH, undo_apart, preview_apart)
goes_back(MERGES, undo_merges, preview_merges)
