"""Numbers given to people: TR-2026-0412. Unique, without gaps, by year where the pattern names one."""

from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Numbering(models.Model):
    """How the records of one type are numbered. Changed in setup; a row appears at the first use."""

    record_type = models.CharField(max_length=40, unique=True)
    pattern = models.CharField(
        _("pattern"), max_length=40, help_text=_("{year} and {n} are replaced; {n:05} pads with zeros to five digits.")
    )

    class Meta:
        verbose_name = _("numbering")

    def __str__(self) -> str:
        return self.record_type


class Counter(models.Model):
    """The last number given to a type of record, in a year where the pattern begins anew each year."""

    record_type = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField(default=0)
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record_type", "year"], name="counter_once")]

    def __str__(self) -> str:
        return f"{self.record_type} {self.year}: {self.last}"


def take_numbers(record_type: str, default_pattern: str, count: int = 1) -> list[str]:
    """The next `count` numbers. Inside the caller's transaction: rolled back, they are free again."""
    pattern = _pattern(record_type, default_pattern)
    now = timezone.localdate().year
    year = now if "{year}" in pattern else 0
    with transaction.atomic():
        mine = Counter.objects.filter(record_type=record_type, year=year)
        if not mine.update(last=models.F("last") + count):
            Counter.objects.bulk_create([Counter(record_type=record_type, year=year)], ignore_conflicts=True)
            mine.update(last=models.F("last") + count)
        last = mine.values_list("last", flat=True).get()
    return [pattern.format(year=now, n=n) for n in range(last - count + 1, last + 1)]


def _pattern(record_type: str, default: str) -> str:
    return Numbering.objects.filter(record_type=record_type).values_list("pattern", flat=True).first() or default


def numbers_like(record_type: str, default_pattern: str, count: int) -> list[str]:
    """How the number that counts `count` may be written: of this year and the two before, where the year is part of it."""
    pattern = _pattern(record_type, default_pattern)
    if not pattern:
        return []
    now = timezone.localdate().year
    return list(dict.fromkeys(pattern.format(year=year, n=count) for year in (now, now - 1, now - 2)))
