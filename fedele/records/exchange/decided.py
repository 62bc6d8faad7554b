"""What people told an import row by row: cells put right, and what becomes of rows that are like something already there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.records.reading import Row


class Fix(models.Model):
    """A cell as it should read. With line 0 it is every cell of the column that reads `was`."""

    source = models.ForeignKey("records.Import", on_delete=models.CASCADE, related_name="fixes", db_index=False)
    line = models.BigIntegerField(default=0)
    column = models.CharField(max_length=300)
    was = models.TextField(blank=True)
    value = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["source", "line"], name="import_fix_line")]

    def __str__(self) -> str:
        return f"{self.line or '*'} {self.column}: {self.value}"


class Act(models.TextChoices):
    """What becomes of a row that is like a stored record, or like an earlier row."""

    UPDATE = "update", _("Update the existing one")
    CREATE = "create", _("Create a new one")
    SKIP = "skip", _("Leave it out")
    LINK = "link", _("Create it, linked to the same one")


class Decision(models.Model):
    """What a person said about one row. The last one told stands, and who told it is known."""

    source = models.ForeignKey("records.Import", on_delete=models.CASCADE, related_name="decisions", db_index=False)
    line = models.BigIntegerField()
    act = models.CharField(max_length=6, choices=Act)
    #: The record it is about; without a type `record_id` is an earlier line of the same file.
    record_type = models.CharField(max_length=40, blank=True)
    record_id = models.BigIntegerField(default=0)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "line"], name="import_decision_once")]

    def __str__(self) -> str:
        return f"{self.line}: {self.act}"


class Mender:
    """Puts right the cells of rows as they are read. One statement a batch, none when nothing was put right."""

    def __init__(self, source: Any, headers: list[str]) -> None:
        self._source, self._places = source, {header: at for at, header in enumerate(headers)}
        fixes = list(Fix.objects.filter(source_id=source.pk).order_by("pk")[:1]) if source.pk else []
        self._is_needed = bool(fixes)
        self._everywhere: dict[int, dict[str, str]] = defaultdict(dict)
        if self._is_needed:
            for fix in Fix.objects.filter(source_id=source.pk, line=0).order_by("pk"):
                if fix.column in self._places:
                    self._everywhere[self._places[fix.column]][fix.was] = fix.value

    def __call__(self, rows: list[Row]) -> list[Row]:
        if not (self._is_needed and rows):
            return rows
        single: dict[int, list[tuple[int, str]]] = defaultdict(list)
        low, high = min(row.line for row in rows), max(row.line for row in rows)
        for fix in Fix.objects.filter(source_id=self._source.pk, line__gte=max(low, 1), line__lte=high).order_by("pk"):
            if fix.column in self._places:
                single[fix.line].append((self._places[fix.column], fix.value))
        return [self._mended(row, single.get(row.line, ())) for row in rows]

    def _mended(self, row: Row, single: Iterable[tuple[int, str]]) -> Row:
        if row.problem:
            return row
        changes = dict(single)
        for at, values in self._everywhere.items():
            told = values.get(row.cells[at].strip())
            if told is not None:
                changes.setdefault(at, told)
        if not changes:
            return row
        return Row(row.line, [changes.get(at, cell) for at, cell in enumerate(row.cells)], row.problem)
