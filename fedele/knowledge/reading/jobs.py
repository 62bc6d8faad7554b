"""Soon after a version was added: its words are taken out and made findable."""

from __future__ import annotations

from django.db import transaction

from fedele.knowledge.documents.versions import Reading, Version
from fedele.knowledge.files.accepting import ending_of
from fedele.knowledge.reading.indexing import index_passages
from fedele.knowledge.reading.opening import Unopened, has_text, texts_in
from fedele.tasks.jobs import job


@job(retries=2)
def read(version_id: int) -> str:
    """Returns how it went. The child takes its time outside of any transaction."""
    version = Version.objects.select_related("stored", "document").filter(pk=version_id).first()
    if version is None:
        return "gone"
    reading, parts, pages = _read(version)
    with transaction.atomic():
        Version.objects.filter(pk=version_id).update(reading=reading, pages=pages)
        index_passages(version.document_id, parts, only_if_current=version_id)
    return str(reading)


def _read(version: Version) -> tuple[Reading, list[str], int | None]:
    ending = ending_of(version.name)
    if not has_text(ending):
        return Reading.NOT, [], None
    try:
        parts, pages = texts_in(version.stored, ending)
    except Unopened as unopened:
        return (Reading.LOCKED if unopened.is_locked else Reading.FAILED), [], None
    reading = Reading.READ if any(part.strip() for part in parts) else Reading.EMPTY
    return reading, parts, pages if ending == "pdf" else None
