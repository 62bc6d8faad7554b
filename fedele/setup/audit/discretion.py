"""What is private to somebody is private from who administers, too: that something happened stays, what it was does not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from fedele.access.private import is_at_times_private
from fedele.journal.models import Entry
from fedele.records.registry import registry


def without_the_private(rows: Iterable[Entry], user: Any) -> list[Entry]:
    """The same entries, those of private records without words. A statement for each type that has such records."""
    kept = list(rows)
    for key in {row.record_type for row in kept if row.record_id and is_at_times_private(row.record_type)}:
        known = _owners(key, [row.record_id for row in kept if row.record_type == key])
        for row in kept:
            if row.record_type == key and row.record_id:
                _hush(row, known.get(row.record_id), user)
    return kept


def _owners(key: str, ids: list[int]) -> dict[int, tuple[bool, int | None]]:
    rows = registry.by_key(key).model._base_manager.filter(pk__in=ids)
    return {pk: (private, owner) for pk, private, owner in rows.values_list("pk", "private", "owner_id")}


def _hush(row: Entry, known: tuple[bool, int | None] | None, user: Any) -> None:
    """Of one that was erased nobody can say any more whether it was private: its title was written with that in mind."""
    if known is None:
        row.changes, row.data = {}, {}
    elif known[0] and known[1] != user.pk:
        row.title, row.changes, row.data = _("Private"), {}, {}
