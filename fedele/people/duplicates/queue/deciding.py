"""What a person decides about proposals: told apart, or put off. What is one is merged or converted at the pages for that."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.base.verbs import Refused
from fedele.journal.acting import act_as
from fedele.journal.models import Batch, Link
from fedele.journal.writing import open_batch
from fedele.people.duplicates.queue.grouping import one_at_a_time, regroup_within
from fedele.people.duplicates.queue.models import Proposal, ProposalGroup, PutOff, Ref, State
from fedele.people.duplicates.queue.seeing import editable

#: The kind of batch a decision is.
BATCH = "duplicates"
#: How long a group that was put off stays out of one's queue.
LATER = timedelta(days=7)


class Decided(Refused):
    """Somebody else was faster; the message says who and what."""


def claim(ids: Iterable[int], user: Any) -> list[Proposal]:
    """The proposals, locked, for who may change both records of each. Of two deciders the second gets `Decided`."""
    wanted = set(ids)
    one_at_a_time()
    found = list(Proposal.objects.select_for_update(of=("self",)).select_related("decided_by").filter(pk__in=wanted))
    taken = next((one for one in found if not one.is_open), None)
    if taken is not None:
        raise Decided(said(taken, user))
    if not wanted or len(found) < len(wanted):
        raise Decided(_("This was decided meanwhile: one of the records changed, was merged or is no longer there."))
    mine = editable({ref for one in found for ref in one.refs}, user)
    if not all(ref in mine for one in found for ref in one.refs):
        raise Refused(_("Only who may change both records decides about them."))
    return found


def said(proposal: Proposal, user: Any) -> str:
    """What was decided, and by whom if that was somebody else."""
    who = proposal.decided_by
    if who is None or who.pk == user.pk:
        return _("This was decided already: %(what)s.") % {"what": proposal.get_state_display()}
    return _("%(who)s decided this already: %(what)s.") % {"who": who, "what": proposal.get_state_display()}


def tell_apart(ids: Iterable[int], user: Any) -> Batch:
    """Not the same: remembered, and taken back as one by the batch that is returned."""
    with transaction.atomic():
        proposals = claim(ids, user)
        records = editable({ref for one in proposals for ref in one.refs}, user)
        batch = _batch(proposals, records)
        with act_as(user, batch=batch):
            for one in proposals:
                _journal(one, records, "told_apart")
        _close(proposals, State.APART, user)
    return batch


def put_off(group: ProposalGroup, user: Any) -> PutOff:
    later, _made = PutOff.objects.update_or_create(user=user, group=group, defaults={"until": timezone.now() + LATER})
    return later


def _batch(proposals: list[Proposal], records: dict[Ref, Any]) -> Batch:
    first = records[proposals[0].refs[0]]
    return open_batch(
        BATCH,
        record_type=first.record_type,
        title=str(first),
        data={"proposals": [one.pk for one in proposals]},
    )


def _journal(proposal: Proposal, records: dict[Ref, Any], kind: str) -> None:
    """On the timelines of both. It names the other by number: who may read the one need not know the other."""
    one, two = (records[ref] for ref in proposal.refs)
    entry = one.journal(kind, other=two.number or "")
    here = Link.objects.filter(entry=entry, record_type=two.record_type, record_id=two.pk)
    if not here.exists():
        Link.objects.create(entry=entry, record_type=two.record_type, record_id=two.pk, at=entry.at)


def _close(proposals: list[Proposal], state: str, user: Any) -> None:
    Proposal.objects.filter(pk__in=[one.pk for one in proposals]).update(
        state=state, decided_by=user, decided_at=timezone.now(), group=None
    )
    regroup_within(one.group_id for one in proposals)
