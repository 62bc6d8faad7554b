"""Each minute every mailbox is read, each by a job of its own; who administers hears once when one stops working."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.access.administrators import administrators
from fedele.inbox.fetching.connecting import NotReached
from fedele.inbox.fetching.reading import read_mailbox
from fedele.inbox.mailboxes.models import Mailbox, Standing
from fedele.notices.kinds import declare
from fedele.notices.telling import tell
from fedele.tasks.jobs import job

#: A reader that has not been heard of for so long is dead.
BUSY = dt.timedelta(minutes=5)
#: A server that is away for less says nothing about the mailbox.
PATIENCE = dt.timedelta(minutes=20)

declare(
    "mailbox.failing",
    label=_("A mailbox can no longer be read"),
    text=_("The mailbox {title} can no longer be read: {why}"),
    default_email="now",
    icon="mail-x",
    why=_("You get this because you administer Fedele, or because the mailbox is yours."),
)


@job()
def read_all() -> int:
    """Each minute. A mailbox that is being read is left to its reader."""
    resting = Q(tried_at=None) | Q(tried_at__lt=timezone.now() - BUSY) | Q(ended_at__gte=F("tried_at"))
    due = list(Mailbox.objects.open().filter(resting).values_list("pk", flat=True))
    for pk in due:
        read_one.enqueue(pk)
    return len(due)


@job()
def read_one(mailbox_id: int) -> str:
    """Reads one mailbox and writes down how that went."""
    mailbox = Mailbox.objects.open().filter(pk=mailbox_id).first()
    if mailbox is None:
        return "paused"
    Mailbox.objects.filter(pk=mailbox_id).update(tried_at=timezone.now())
    try:
        count = read_mailbox(mailbox)
    except NotReached as error:
        failed(mailbox, error)
        return error.standing
    Mailbox.objects.filter(pk=mailbox_id).update(
        standing=Standing.WELL,
        trouble="",
        failing_since=None,
        is_reported=False,
        fetched_at=timezone.now(),
        ended_at=timezone.now(),
    )
    return f"{count} read"


def failed(mailbox: Mailbox, error: NotReached) -> None:
    """A refused password is told at once, a server that does not answer after a while; each only once."""
    now = timezone.now()
    since = mailbox.failing_since or now
    Mailbox.objects.filter(pk=mailbox.pk).update(
        standing=error.standing, trouble=str(error)[:300], failing_since=since, ended_at=now
    )
    if mailbox.is_reported or (error.standing == Standing.UNREACHABLE and now - since < PATIENCE):
        return
    if Mailbox.objects.filter(pk=mailbox.pk, is_reported=False).update(is_reported=True):
        for user in _who_is_told(mailbox):
            tell(
                user,
                "mailbox.failing",
                title=mailbox.name,
                url="/profile/mailbox/" if mailbox.is_personal else f"/setup/mailboxes/{mailbox.pk}/",
                data={"why": str(error)[:200]},
            )


def _who_is_told(mailbox: Mailbox) -> list[Any]:
    if mailbox.owner is not None:
        return [mailbox.owner]
    return list(administrators())
