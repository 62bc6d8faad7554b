"""Which proposals a person may know of: those whose two records they may both see. Of others neither name nor count."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from fedele.people.duplicates.queue.models import ProposalQuerySet, Ref
from fedele.records.registry import registry

TYPES = ("company", "contact", "lead")


def visible(proposals: ProposalQuerySet, user: Any) -> ProposalQuerySet:
    return proposals if sees_all(user) else proposals.filter(_side("a", user) & _side("b", user))


def sees_all(user: Any) -> bool:
    return all(user.rights.reach(key) == "all" for key in TYPES)


def _side(side: str, user: Any, right: str = "view") -> Q:
    """What may stand on this side of a pair. What one may see all of needs no look at the records."""
    allowed = Q(pk__in=[])
    for key in TYPES:
        reach = user.rights.reach(key, right)
        if reach == "all":
            allowed |= Q(**{f"type_{side}": key})
        elif reach != "none":
            rows = registry.by_key(key).model.objects.visible_to(user, right).values("pk")
            allowed |= Q(**{f"type_{side}": key, f"id_{side}__in": rows})
    return allowed


def owned_by(owner: int) -> Q:
    """Pairs of which one record is this person's."""
    found = Q(pk__in=[])
    for side in ("a", "b"):
        for key in TYPES:
            rows = registry.by_key(key).model.objects.filter(owner=owner, trashed_at=None).values("pk")
            found |= Q(**{f"type_{side}": key, f"id_{side}__in": rows})
    return found


def editable(refs: set[Ref], user: Any, right: str = "edit") -> dict[Ref, Any]:
    """Those of the records on which the user has the right, as they are now: one statement a type."""
    found: dict[Ref, Any] = {}
    for key in sorted({record_type for record_type, _pk in refs}):
        rows = registry.by_key(key).model.objects.visible_to(user, right)
        rows = rows.filter(pk__in=[pk for one, pk in refs if one == key])
        found.update({(key, record.pk): record for record in rows})
    return found


def decides(user: Any) -> bool:
    """Is the queue for this person? For whoever may change records of one of the types."""
    return any(user.rights.may("edit", key) for key in TYPES)
