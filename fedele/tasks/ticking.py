"""The clock of recurring jobs. Every worker ticks; a due job is enqueued once, however many tick at once."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cronsim import CronSim
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from fedele.tasks.models import Schedule

logger = logging.getLogger("fedele.tasks")


def next_after(expression: str, now: datetime) -> datetime:
    """When `expression`, read in the company's time zone, is due next. Daylight saving neither skips nor doubles it."""
    return next(CronSim(expression, now.astimezone(ZoneInfo(settings.TIME_ZONE)))).astimezone(UTC)


def tick(now: datetime | None = None, jobs: dict[str, str] | None = None) -> list[str]:
    """Enqueues what is due and returns its names. What was due while nobody ticked runs once, now."""
    from fedele.config.schedule import JOBS

    now, jobs = now or timezone.now(), JOBS if jobs is None else jobs
    known = {row.name: row for row in Schedule.objects.all()}
    enqueued = []
    for name, expression in jobs.items():
        row = known.get(name)
        if row is None or row.expression != expression:
            due_at = next_after(expression, now)
            Schedule.objects.update_or_create(name=name, defaults={"expression": expression, "due_at": due_at})
        elif row.due_at <= now and _enqueue_once(row, next_after(expression, now)):
            enqueued.append(name)
    return enqueued


def _enqueue_once(row: Schedule, then: datetime) -> bool:
    with transaction.atomic():
        # Whoever moves the due time on is the one who enqueues.
        if not Schedule.objects.filter(pk=row.pk, due_at=row.due_at).update(due_at=then):
            return False
        import_string(row.name).enqueue()
    logger.info("%s is due", row.name)
    return True
