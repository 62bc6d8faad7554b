"""All certain groups of a page merged at once, each by the values the merge page would suggest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fedele.base.models import Conflict
from fedele.base.verbs import Refused
from fedele.journal.acting import act_as
from fedele.journal.models import Batch
from fedele.journal.writing import open_batch
from fedele.people.duplicates.queue.models import ProposalGroup
from fedele.people.duplicates.queue.offering import surely_one
from fedele.people.duplicates.queue.reading import Group, filled
from fedele.people.duplicates.queue.undoing import MERGES
from fedele.records.merging.choosing import most_complete
from fedele.records.merging.joining import merge
from fedele.records.registry import registry


@dataclass(frozen=True)
class Merging:
    """A group as it would be merged: what remains, and what goes into it."""

    group: Group
    survivor: Any
    others: list[Any]


def certain_of(ids: list[int], user: Any) -> list[Merging]:
    """Those of the groups that are certain for this user, and of which all they see can be merged."""
    found = []
    for group in filled(list(ProposalGroup.objects.filter(pk__in=ids).order_by("-rank", "id")), user):
        ones = surely_one(group, user)
        if ones:
            survivor = most_complete(registry.of(ones[0]), ones)
            found.append(Merging(group, survivor, [one for one in ones if one is not survivor]))
    return found


def merge_all(ids: list[int], user: Any) -> tuple[Batch | None, int, list[str]]:
    """(the batch by which all go back, how many groups were merged, what was left and why)."""
    done, left = [], []
    for one in certain_of(ids, user):
        try:
            done.append(merge(user, one.survivor, one.others).pk)
        except Refused as refused:
            left.append(f"{one.survivor}: {refused}")
        except (Conflict, PermissionDenied):
            left.append(_("%(record)s was changed meanwhile.") % {"record": one.survivor})
    if not done:
        return None, 0, left
    title = ngettext("%(n)s certain group merged", "%(n)s certain groups merged", len(done)) % {"n": len(done)}
    with act_as(user):
        return open_batch(MERGES, title=title, data={"merges": done}), len(done), left
