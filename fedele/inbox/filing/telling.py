"""Who hears that mail came."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from fedele.inbox.messages.models import Message
from fedele.inbox.messages.telling import RECEIVED, tell_of, told_on
from fedele.notices.telling import tell

#: What a mailbox held before it was first read is no news.
OLD = dt.timedelta(days=3)


def tell_received(message: Message) -> None:
    """The timeline, and who answers: whoever the thread was given to, whose mailbox it is, or whose customer."""
    tell_of(message, RECEIVED)
    user = who_answers(message)
    if user is not None and timezone.now() - message.at < OLD:
        data = {"who": message.sender_shown, "subject": str(message)}
        tell(user, "mail.received", title=str(message), url=f"/mail/{message.thread_id}/", data=data)


def who_answers(message: Message) -> Any | None:
    if message.assigned_to is not None:
        return message.assigned_to
    if message.mailbox is not None and message.mailbox.owner is not None:
        return message.mailbox.owner
    record = told_on(message)
    owner = record.owner if record is not None else None
    may = owner is not None and Message.objects.visible_to(owner).filter(pk=message.pk).exists()
    return owner if may else None
