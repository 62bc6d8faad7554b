"""Which stored records a company, contact or lead is like, told to a person: at forms, import, API, mail and conversion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fedele.people.duplicates.engine import SAME
from fedele.people.duplicates.finding import Found, alike
from fedele.people.duplicates.queue.looking import is_past
from fedele.people.duplicates.queue.models import Proposal, Ref, State
from fedele.people.duplicates.queue.seeing import TYPES, editable
from fedele.people.duplicates.reading import profile_of
from fedele.records.likeness import Likeness, Span, finds_likeness

#: So many are shown of a record; of so many more it is asked whether the user may see them.
SHOWN, LOOKED_AT = 5, 15


@finds_likeness(*TYPES)
def likeness(records: Sequence[Any], user: Any, apart_from: Sequence[Span] = ()) -> list[list[Likeness]]:
    """What the user may not see is left out without a trace, and so is a lead that became something else."""
    found = alike([profile_of(record) for record in records], limit=LOOKED_AT, apart_from=apart_from)
    apart = _told_apart(records)
    found = [
        [one for one in some if (ref_of(mine), _ref(one)) not in apart]
        for mine, some in zip(records, found, strict=True)
    ]
    known = editable({(one.record_type, one.record_id) for some in found for one in some}, user, "view")
    return [[_told(one, known) for one in some if _is_shown(one, known)][:SHOWN] for some in found]


def ref_of(record: Any) -> Ref:
    return record.record_type, record.pk or 0


def _ref(one: Found) -> Ref:
    return one.record_type, one.record_id


def _told_apart(records: Sequence[Any]) -> set[tuple[Ref, Ref]]:
    """The stored ones among these with those somebody told them apart from: nobody is asked that again."""
    refs = {ref_of(one) for one in records if one.pk}
    rows = Proposal.objects.filter(state=State.APART).touching(refs) if refs else ()
    return {pair for one in rows for pair in (one.refs, one.refs[::-1])}


def _is_shown(one: Found, known: dict[Any, Any]) -> bool:
    record = known.get((one.record_type, one.record_id))
    return record is not None and not is_past(record)


def _told(one: Found, known: dict[Any, Any]) -> Likeness:
    match = one.match
    return Likeness(
        record_type=one.record_type,
        record_id=one.record_id,
        title=str(known[one.record_type, one.record_id]),
        score=match.score,
        is_sure=match.verdict == SAME,
        reasons=[reason.text for reason in match.reasons if not reason.is_against],
    )
