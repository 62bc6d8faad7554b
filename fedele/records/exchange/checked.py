"""The rows of a file with what would become of each, kept in compressed pieces: a page of them opens one or a few."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Sum

#: What can become of a row. The columns of `Chunk` count them.
FATES = ("new", "update", "unchanged", "duplicate", "problem", "left_out")


@dataclass(slots=True)
class Checked:
    """A row of the file as the check found it. `cells` are those of the file, before anything was put right."""

    line: int
    fate: str
    cells: list[str]
    #: Why the row cannot be read at all.
    unread: str = ""
    #: [[column or "", message], …]
    reasons: list[list[str]] = field(default_factory=list)
    #: What it is like: [record type or "" for a line of this file, id or line, title, score, is sure, [reasons]]
    matches: list[list[Any]] = field(default_factory=list)

    @property
    def wrong(self) -> set[str]:
        """Columns whose cells something is wrong with."""
        return {column for column, _message in self.reasons if column} if self.fate == "problem" else set()


class Chunk(models.Model):
    """Some rows one after the other, as they were found when the file was checked. Gone once they are in."""

    source = models.ForeignKey("records.Import", on_delete=models.CASCADE, related_name="chunks", db_index=False)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    new = models.IntegerField(default=0)
    update = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    duplicate = models.IntegerField(default=0)
    problem = models.IntegerField(default=0)
    left_out = models.IntegerField(default=0)
    rows = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["source", "first"], name="import_chunk_first")]

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"

    @property
    def opened(self) -> list[Checked]:
        return [Checked(*row) for row in json.loads(zlib.decompress(bytes(self.rows)))]

    def keep(self, rows: list[Checked]) -> Chunk:
        """Takes these rows in place of what it held."""
        counts = Counter(row.fate for row in rows)
        for fate in FATES:
            setattr(self, fate, counts[fate])
        self.first, self.last = rows[0].line, rows[-1].line
        told = [[one.line, one.fate, one.cells, one.unread, one.reasons, one.matches] for one in rows]
        self.rows = zlib.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), 1)
        return self


def totals(source: Any) -> dict[str, int]:
    """{fate: rows} of the whole file."""
    summed = Chunk.objects.filter(source=source).aggregate(**{f"all_{fate}": Sum(fate) for fate in FATES})
    return {fate: summed[f"all_{fate}"] or 0 for fate in FATES}


def page_of(source: Any, fates: tuple[str, ...], size: int, *, after: int = 0, before: int = 0) -> list[Checked]:
    """Up to `size` rows of these fates (all: none given) behind line `after`, or the last ones in front of `before`."""
    found: list[Checked] = []
    chunks = Chunk.objects.filter(source=source)
    if fates:
        any_of = models.Q()
        for fate in fates:
            any_of |= models.Q(**{f"{fate}__gt": 0})
        chunks = chunks.filter(any_of)
    chunks = (
        chunks.filter(first__lt=before).order_by("-first")
        if before
        else chunks.filter(last__gt=after).order_by("first")
    )
    for chunk in chunks.iterator(chunk_size=4):
        rows = [row for row in chunk.opened if not fates or row.fate in fates]
        if before:
            found = [row for row in rows if row.line < before][-(size - len(found)) :] + found
        else:
            found += [row for row in rows if row.line > after][: size - len(found)]
        if len(found) >= size:
            break
    return found


def chunks_with(source: Any, lines: list[int]) -> Iterator[Chunk]:
    """The pieces that hold these lines, locked for whoever changes them."""
    for line in sorted(lines):
        chunk = Chunk.objects.select_for_update().filter(source=source, first__lte=line, last__gte=line).first()
        if chunk is not None:
            yield chunk
