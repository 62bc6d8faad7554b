"""Rows that came in once, known again by their text: the same file, or the same rows in another one, do not come twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.db import models

from fedele.journal.storing import insert_many


class Mark(models.Model):
    """That a row of a file became a record. What stood in the row cannot be read out of it."""

    digest = models.BigIntegerField(db_index=True)
    source = models.ForeignKey("records.Import", on_delete=models.CASCADE, related_name="marks", db_index=False)
    line = models.BigIntegerField()
    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["source", "line"], name="import_mark_line")]

    def __str__(self) -> str:
        return f"{self.source_id}:{self.line}"


@cache
def _secret() -> bytes:
    return blake2b(settings.SECRET_KEY.encode(), digest_size=32).digest()


def digest_of(record_type: str, cells: Iterable[tuple[str, str]]) -> int:
    """A number for (field, text) pairs, whatever the order and the case they stand in; 0 when nothing is said."""
    said = sorted([(name, text) for name, cell in cells if (text := " ".join(cell.casefold().split()))])
    if not said:
        return 0
    text = "\x1e".join(f"{name}\x1f{cell}" for name, cell in said)
    digest = blake2b(f"{record_type}\x1d{text}".encode(), digest_size=8, key=_secret()).digest()
    return int.from_bytes(digest, "big", signed=True)


def known_among(record_type: str, digests: Sequence[int], except_source: int | None) -> dict[int, Mark]:
    """The first time each of these rows came in, with another file than this."""
    found: dict[int, Mark] = {}
    marks = Mark.objects.filter(digest__in={one for one in digests if one}, record_type=record_type)
    for mark in marks.exclude(source_id=except_source).order_by("-pk"):
        found[mark.digest] = mark
    return found


def keep(source: Any, rows: Iterable[tuple[int, int, Any]]) -> None:
    """(digest, line, record) of rows that just came in."""
    marks = [
        Mark(digest=digest, source_id=source.pk, line=line, record_type=record.record_type, record_id=record.pk)
        for digest, line, record in rows
        if digest
    ]
    insert_many(Mark, marks)
