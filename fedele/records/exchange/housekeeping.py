"""Prepared imports nobody goes on with do not keep their files for ever."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from fedele.records.exchange.models import Import
from fedele.tasks.jobs import job

KEPT_DAYS = 30
#: At a time: the next night goes on.
MOST = 500


@job()
def discard_drafts() -> None:
    before = timezone.now() - dt.timedelta(days=KEPT_DAYS)
    for source in Import.objects.filter(state=Import.State.DRAFT, created_at__lt=before).order_by("created_at")[:MOST]:
        source.file.delete(save=False)
        source.delete()
