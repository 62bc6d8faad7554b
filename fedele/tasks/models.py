from __future__ import annotations

from django.db import models
from django.utils import timezone

from fedele.tasks.progress import Progress


class Schedule(models.Model):
    """When a recurring job is due next. What recurs, and when, is said in config/schedule.py."""

    name = models.CharField(max_length=200, unique=True)
    expression = models.CharField(max_length=80)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.expression}"


class Worker(models.Model):
    """A process that runs jobs, and when it was last seen alive."""

    key = models.CharField(max_length=64, unique=True)
    machine = models.CharField(max_length=200)
    pid = models.BigIntegerField()
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.key} ({self.pid})"


__all__ = ["Progress", "Schedule", "Worker"]
