"""Imported once at start: what merging adds to pages, trash, undo and every write."""

from __future__ import annotations

from typing import Any

from fedele.base.verbs import Refused
from fedele.journal.models import Batch
from fedele.records.merging import keeping, landing, offering  # noqa: F401 (they connect themselves)
from fedele.records.merging.apart import preview, unmerge
from fedele.records.undo import Outcome, goes_back


def _undo(batch: Batch, user: Any) -> Outcome:
    done = unmerge(batch, user)
    return Outcome(undone=1 + len(done.others))


def _preview(batch: Batch, user: Any) -> dict[str, int]:
    try:
        found = preview(batch, user)
    except Refused:
        return {"removed": 0, "undone": 0, "kept": 1}
    return {
        "removed": 0,
        "undone": 1 + len(found.others) + sum(found.going.values()),
        "kept": sum(found.staying.values()),
    }


goes_back("merge", _undo, _preview)
