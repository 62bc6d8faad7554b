"""The daily digest: one e-mail with all that is still unread, to those who want it so."""

from __future__ import annotations

from django.db import transaction

from fedele.notices.mailing import send
from fedele.notices.models import Notice, NoticeMail
from fedele.tasks.jobs import job


@job(retries=3, backoff=60)
def send_digests() -> int:
    """One mail for each person with something to read. Running it twice sends nothing twice."""
    users = Notice.objects.for_digest().order_by().values_list("user_id", flat=True).distinct()
    return sum(_digest_for(user_id) for user_id in list(users))


def _digest_for(user_id: int) -> bool:
    with transaction.atomic():
        waiting = Notice.objects.for_digest().filter(user_id=user_id).select_for_update()
        ids = list(waiting.values_list("pk", flat=True))
        if not ids:
            return False
        mail = NoticeMail.objects.create(user_id=user_id, is_digest=True)
        Notice.objects.filter(pk__in=ids).update(mail=mail)
        send.enqueue(mail.pk)
    return True
