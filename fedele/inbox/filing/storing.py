"""From what was read to what is stored: the message, its files, the bytes it came as."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from fedele.inbox.filing.threads import shortened
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.models import Attachment, Message
from fedele.inbox.reading.answer import Reading
from fedele.knowledge.files.models import StoredFile

#: HTML beyond this is a program's; the text is kept, and the whole mail is.
MOST_HTML, MOST_TEXT = 600_000, 300_000
SNIPPET = 200


def message_of(reading: Reading, mailbox: Mailbox, came_at: dt.datetime | None = None) -> Message:
    """Unsaved, without thread and place."""
    name, address = reading.sender
    return Message(
        mailbox=mailbox,
        kind=reading.kind,
        message_id=shortened(reading.message_id),
        in_reply_to=shortened(reading.in_reply_to),
        references=[shortened(one) for one in reading.references],
        fingerprint=reading.fingerprint,
        sender=address[:254],
        sender_name=name[:160],
        recipients={which: [list(one) for one in found] for which, found in reading.recipients.items() if found},
        subject=reading.subject[:300],
        sent_at=reading.date,
        at=moment_of(reading, came_at),
        text=reading.text[:MOST_TEXT],
        quoted=reading.quoted[:MOST_TEXT],
        signature=reading.signature[:5000],
        html=reading.html[:MOST_HTML],
        snippet=" ".join((reading.text or reading.quoted).split())[:SNIPPET],
        size=reading.size,
        notes=_notes(reading),
    )


def moment_of(reading: Reading, came_at: dt.datetime | None) -> dt.datetime:
    """When the server had it; when it does not say, what the sender claims, but never tomorrow."""
    now = timezone.now()
    return min(came_at or reading.date or now, now)


def _notes(reading: Reading) -> dict[str, Any]:
    notes: dict[str, Any] = {}
    if reading.pec is not None:
        notes["pec"] = reading.pec.told()
    if reading.sender_check.verdict != "unknown":
        told = reading.sender_check
        notes["sender"] = {"verdict": told.verdict, "why": told.why, "server": told.server[:120]}
    if reading.auto:
        notes["auto"] = reading.auto[:200]
    if reading.list_id:
        notes["list"] = reading.list_id[:200]
    if reading.invitation is not None:
        notes["invitation"] = reading.invitation.told()
    return notes


def keep_files(message: Message, reading: Reading, data: bytes) -> None:
    """After the message is stored. The whole mail as it came, and each file by itself."""
    message.raw = StoredFile.keep(data)
    message.save(update_fields=["raw"])
    Attachment.objects.bulk_create(
        Attachment(
            message=message,
            file=StoredFile.keep(one.data),
            name=one.name[:200],
            kind=one.type,
            cid=one.cid,
            is_inline=one.inline,
        )
        for one in reading.files
    )
