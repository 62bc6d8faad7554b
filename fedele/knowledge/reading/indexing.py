"""The passages of a document in the index of search, under a key of their own."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from fedele.base.models import records_written
from fedele.knowledge.documents.models import Document
from fedele.knowledge.reading.passages import Passage, cut
from fedele.records.passages import passages
from fedele.search import index

KEY = "passage"
#: Passages of one document; 400,000 characters are some 130.
MOST = 400


def index_passages(document_id: int, parts: list[str], *, only_if_current: int) -> None:
    """In place of those of an earlier version. A version that does not hold, or no longer, is not found."""
    document = Document.objects.select_for_update(of=("self",)).filter(pk=document_id).first()
    if document is None or document.current_id != only_if_current:
        return
    forget([document_id])
    rows = [Passage(document=document, page=page, text=text) for page, text in cut(parts)[:MOST]]
    Passage.objects.bulk_create(rows)
    if document.is_alive:
        index.put(KEY, [(row.pk, "", row.text) for row in rows])


def forget(ids: list[int]) -> None:
    found = Passage.objects.filter(document_id__in=ids)
    index.remove(KEY, list(found.values_list("pk", flat=True)))
    found.delete()


@receiver(records_written, sender=Document)
def follow(records: list[Any], changed: set[str] | None, **_kwargs: Any) -> None:
    """In the trash nothing is found; another version that holds is read anew; erased, its words go for good."""
    from fedele.knowledge.reading.jobs import read

    if changed is None:
        return
    ids = [one.pk for one in records]
    if changed == {"erased"}:
        forget(ids)
    elif "trashed_at" in changed:
        gone = [one.pk for one in records if one.is_trashed]
        index.remove(KEY, list(Passage.objects.filter(document_id__in=gone).values_list("pk", flat=True)))
        back = Passage.objects.filter(document_id__in=[one.pk for one in records if one.is_alive])
        index.put(KEY, [(row.pk, "", row.text) for row in back])
    if "current" in changed:
        forget(ids)
        for one in records:
            if one.current_id:
                read.enqueue(one.current_id)


passages("document", KEY, Passage, of="document")
