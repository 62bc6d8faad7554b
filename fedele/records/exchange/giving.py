"""Whose the new records are: one person, several in turn, or as the assignment rules say. A column of the file comes first."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from fedele.journal.models import Entry
from fedele.records.assigning import assign, is_assigned
from fedele.records.exchange.candidates import Candidate
from fedele.records.exchange.models import Import
from fedele.records.notices import tell_new_owner
from fedele.records.registry import registry

WAYS = (
    ("one", _("to one person")),
    ("turns", _("in turn to several people")),
    ("rules", _("by the assignment rules")),
)


def ways_for(record_type: str) -> list[tuple[str, Any]]:
    return [(key, label) for key, label in WAYS if key != "rules" or is_assigned(record_type)]


def give(source: Import, new: list[Candidate]) -> None:
    """Sets owner and team of new rows whose file names nobody. Turns go on where the batch before stopped."""
    how, open_rows = source.rules.get("assign", "one"), [one for one in new if not one.values.get("owner")]
    if how == "rules":
        assign(source.record_type, [one.record for one in open_rows], source.user)
    elif how == "turns":
        people = _people(source)
        for at, one in enumerate(open_rows if people else (), source.given):
            person = people[at % len(people)]
            one.record.owner_id, one.record.team_id = person.pk, person.team_id
        source.given += len(open_rows)
    if how in ("rules", "turns"):
        _share(open_rows)


def _people(source: Import) -> list[Any]:
    """In the order they were chosen in."""
    chosen = source.rules.get("people", [])
    found = get_user_model().objects.filter(is_active=True).in_bulk(chosen)
    return [found[key] for key in chosen if key in found]


def _share(rows: list[Candidate]) -> None:
    """What a row only names, and what is made with it, goes to the same person."""
    given: set[int] = set()
    for one in rows:
        for value in one.values.values():
            if hasattr(value, "_state") and value.pk is None and hasattr(value, "owner_id") and id(value) not in given:
                given.add(id(value))
                value.owner_id, value.team_id = one.record.owner_id, one.record.team_id


def tell_owners(source: Import) -> None:
    """One notice to each who got records, with their number and the way to exactly these."""
    # Whoever has the rules tells those to whom they give.
    if not source.rules.get("notify") or source.rules.get("assign") == "rules":
        return
    record_type = registry.by_key(source.record_type)
    made = Entry.objects.filter(batch=source.batch, record_type=record_type.key, kind=f"{record_type.key}.created")
    new = record_type.model.objects.filter(pk__in=made.values("record_id")).exclude(owner=None).order_by()
    counts = dict(new.values_list("owner").annotate(count=Count("pk")))
    for person in get_user_model().objects.filter(pk__in=counts, is_active=True):
        tell_new_owner(person, record_type, counts[person.pk], actor=source.user, batch=source.batch)
