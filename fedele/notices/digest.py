"""The daily digest: one e-mail with all that is still unread, at the hour each person chose."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from fedele.notices.mailing import send
from fedele.notices.manners import manners_of
from fedele.notices.models import Notice, NoticeMail
from fedele.tasks.jobs import job


@job(retries=3, backoff=60)
def send_digests() -> int:
    """Each hour: to whom a digest was due, one mail with what had come by then.

    Running it twice sends nothing twice; an hour in which no worker ran is made up for by the next run.
    """
    users = list(Notice.objects.for_digest().order_by().values_list("user_id", flat=True).distinct())
    manners = manners_of(users)
    return sum(_digest_for(user_id, manners[user_id].last_digest(timezone.now())) for user_id in users)


def _digest_for(user_id: int, due: object) -> bool:
    if due is None:
        return False
    with transaction.atomic():
        waiting = Notice.objects.for_digest().filter(user_id=user_id, shown_at__lte=due).select_for_update()
        ids = list(waiting.values_list("pk", flat=True))
        if not ids:
            return False
        mail = NoticeMail.objects.create(user_id=user_id, is_digest=True)
        Notice.objects.filter(pk__in=ids).update(mail=mail)
        send.enqueue(mail.pk)
    return True
