"""What quiet hours or a snooze held back is sent when its moment has come, however long no worker ran meanwhile."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from fedele.notices.deciding import held_until, kind_of
from fedele.notices.mailing import send
from fedele.notices.manners import manners_of
from fedele.notices.models import Notice, NoticeMail
from fedele.notices.push.sending import push_out
from fedele.tasks.jobs import job

#: People served in one run; the next minute serves the others.
CHUNK = 500


@job()
def release() -> int:
    """Each minute. What is marked as sent in the same transaction is not sent by the next run, nor by another worker."""
    due = Notice.objects.filter(held_until__lte=timezone.now()).order_by()
    return sum(_release_for(user_id) for user_id in list(due.values_list("user_id", flat=True).distinct()[:CHUNK]))


def _release_for(user_id: int) -> int:
    with transaction.atomic():
        due = Notice.objects.filter(user_id=user_id, held_until__lte=timezone.now()).order_by("id")
        held = [notice for notice in due.select_for_update() if not _is_held_longer(notice)]
        # Whoever has read it meanwhile knows.
        waiting = [notice for notice in held if notice.read_at is None]
        _mail([notice for notice in waiting if notice.email == "now" and notice.mail_id is None])
        _push([notice for notice in waiting if notice.push])
        Notice.objects.filter(pk__in=[notice.pk for notice in held]).update(held_until=None)
    return len(held)


def _is_held_longer(notice: Notice) -> bool:
    """Quiet hours may have been prolonged since."""
    later = held_until(notice, kind_of(notice), manners_of([notice.user_id])[notice.user_id])
    if later is not None:
        Notice.objects.filter(pk=notice.pk).update(held_until=later)
    return later is not None


def _mail(notices: list[Notice]) -> None:
    """All that has gathered in one letter."""
    if notices:
        mail = NoticeMail.objects.create(user_id=notices[0].user_id, is_digest=len(notices) > 1)
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mail=mail)
        send.enqueue(mail.pk)


def _push(notices: list[Notice]) -> None:
    """Of each record the newest only: a phone that has been silent all night need not ring for each step."""
    latest = {notice.group: notice for notice in notices}
    push_out(list(latest.values()))
