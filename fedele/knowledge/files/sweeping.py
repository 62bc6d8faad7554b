"""Files nothing points at any more go: rows of no record, and files a broken-off upload left without a row."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, QuerySet
from django.utils import timezone

from fedele.base.stores import StoreError
from fedele.knowledge.files.models import FOLDER, StoredFile
from fedele.tasks.jobs import job

log = logging.getLogger("fedele.files")
#: Whatever was kept since may be about to be pointed at.
GRACE = dt.timedelta(days=1)
CHUNK = 500


@job(retries=2)
def sweep() -> dict[str, int]:
    """Nightly. Returns how many rows and how many files without a row went."""
    from fedele.knowledge.reading.pictures import forget_strays

    before = timezone.now() - GRACE
    rows = 0
    while some := list(unpointed().filter(kept_at__lt=before).values_list("pk", flat=True)[:CHUNK]):
        gone = drop(some, before)
        rows += gone
        if not gone:
            break
    forget_strays(lambda some: StoredFile.objects.filter(sha256__in=some).values_list("sha256", flat=True))
    return {"rows": rows, "files": _drop_strays(before)}


def unpointed() -> QuerySet[StoredFile]:
    """Those no foreign key of any department points at, found by looking at the models."""
    found = StoredFile.objects.order_by("pk")
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete:
            model: Any = relation.related_model
            pointing = model._base_manager.filter(**{relation.field.name: OuterRef("pk")})  # type: ignore[union-attr]
            found = found.exclude(Exists(pointing))
    return found


def drop(ids: Iterable[int], before: dt.datetime | None = None) -> int:
    """Takes away those of `ids` that nothing points at: at once after something was erased, at night otherwise."""
    count = 0
    for pk in ids:
        with transaction.atomic():
            found = unpointed().select_for_update(of=("self",)).filter(pk=pk).first()
            if found is None or (before and found.kept_at >= before):
                continue
            name = str(found.file.name)
            try:
                with transaction.atomic():
                    found.delete()
            except ProtectedError:
                continue
            transaction.on_commit(lambda name=name, digest=found.sha256: _take_away(name, digest))
            count += 1
    return count


def _take_away(name: str, sha256: str) -> None:
    from fedele.knowledge.reading.pictures import forget

    forget(sha256)
    try:
        default_storage.delete(name)
    except StoreError:
        # Its row is gone, so it is a stray now: the next night finds it.
        log.warning("%s could not be taken away yet", name)


def _drop_strays(before: dt.datetime) -> int:
    count = 0
    for folder in _listed(FOLDER)[0]:
        names = [f"{FOLDER}/{folder}/{name}" for name in _listed(f"{FOLDER}/{folder}")[1]]
        for start in range(0, len(names), CHUNK):
            some = names[start : start + CHUNK]
            known = set(StoredFile.objects.filter(file__in=some).values_list("file", flat=True))
            for name in some:
                if name not in known and default_storage.get_modified_time(name) < before:
                    default_storage.delete(name)
                    count += 1
    return count


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []
