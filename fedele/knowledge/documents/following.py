"""Documents are seen by whom the record they lie on is: when it changes hands, and when it is merged into another."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from fedele.base.models import records_written
from fedele.knowledge.documents.models import Document
from fedele.records.merging.moving import move_usual
from fedele.records.merging.pointing import Pointer
from fedele.records.merging.rules import merges
from fedele.records.registry import registry

MOVES = {"owner", "team", "trashed_at"}


@receiver(records_written)
def follow(sender: Any, records: list[Any], changed: set[str] | None, **_kwargs: Any) -> None:
    """No entry of their own: nothing about them changed for who reads it."""
    if changed is None or not changed & MOVES or sender is Document:
        return
    if "trashed_at" in changed:
        # It may be a merge taken apart, in which its documents come back later in the transaction.
        transaction.on_commit(lambda: align(sender.record_type, [one.pk for one in records]))
        return
    _give(sender.record_type, records)


def align(key: str, ids: list[int]) -> None:
    record_type = registry.get(key)
    if record_type is not None:
        _give(key, list(record_type.model.objects.filter(pk__in=ids).only("pk", "owner_id", "team_id")))


def _give(key: str, records: list[Any]) -> None:
    given: dict[tuple[Any, Any], list[int]] = defaultdict(list)
    for one in records:
        given[one.owner_id, one.team_id].append(one.pk)
    for (owner, team), ids in given.items():
        Document.objects.filter(about_type=key, about_id__in=ids).update(about_owner_id=owner, about_team_id=team)


@merges("knowledge.document", "about_id")
def move(act: Any, pointer: Pointer) -> None:
    move_usual(act, pointer)
    _give(act.survivor.record_type, [act.survivor])
