"""Old notices go; unread ones stay longer."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from fedele.notices.mailing import settle_uncertain
from fedele.notices.models import Notice, NoticeMail
from fedele.tasks.jobs import job

#: Days for which a read notice, an unread one, and the trace of an e-mail are kept.
KEEP_READ, KEEP_UNREAD, KEEP_MAIL = 90, 365, 180


@job()
def prune() -> dict[str, int]:
    now = timezone.now()
    return {
        "uncertain": settle_uncertain(),
        "read": Notice.objects.filter(read_at__lt=now - timedelta(days=KEEP_READ)).delete()[0],
        "unread": Notice.objects.filter(at__lt=now - timedelta(days=KEEP_UNREAD)).delete()[0],
        "mails": NoticeMail.objects.filter(created_at__lt=now - timedelta(days=KEEP_MAIL)).delete()[0],
    }
