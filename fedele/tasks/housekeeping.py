"""What the tasks themselves leave behind is swept up at night."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from fedele.tasks.jobs import job
from fedele.tasks.models import Progress, Worker

#: Days for which a finished job, a failed one, and a progress page are kept.
KEEP_DONE, KEEP_FAILED, KEEP_PROGRESS = 2, 60, 90


@job()
def prune() -> dict[str, int]:
    now = timezone.now()
    done = Q(status="SUCCESSFUL", finished_at__lt=now - timedelta(days=KEEP_DONE))
    failed = Q(status="FAILED", finished_at__lt=now - timedelta(days=KEEP_FAILED))
    over = Progress.objects.exclude(state__in=Progress.OPEN).filter(finished_at__lt=now - timedelta(days=KEEP_PROGRESS))
    return {
        "jobs": DBTaskResult.objects.filter(done | failed).delete()[0],
        "progress": over.delete()[0],
        "workers": Worker.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()[0],
    }
